import { eraseCustomer } from '../../run/erase.ts';
import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions, connectionOption } from '../option.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderErased } from '../views/erased.ts';
import { withOneConnection } from '../with-app.ts';

/** `assay erase`. */
export const erase: CommandBody = {
  takes: '<customer>',
  positionals: { least: 1, most: 1 },
  needs: 'admin',
  options: [
    {
      kind: 'text',
      name: 'why',
      value: 'text',
      help: 'Who asked, for the log, which keeps it: a number, no name; needed',
    },
    { kind: 'flag', name: 'local', help: 'Make no call: what the CRM holds stays' },
    connectionOption,
    ...configOptions,
  ],
  about: `Forgets one customer for ever: our fields in the CRM are cleared and our lists left, then every table loses
what it holds of them: record, scores and their history, plans, receipts, overrides, reports of runs, details of
the log, whose chain still verifies. A tombstone with the CRM's record number alone keeps the record from coming
back. The customer is named by record id, by your own customer number or by e-mail, also one that left the CRM.
Deals that were theirs alone stay as amounts without a number or a customer: your revenue is yours. The same
person's records in other connections are listed, and stay until you name them. The record itself, if the CRM has
it, is yours to delete there; so are reports you printed, backups, and on a Postgres server its own files.
Twice is once. What the CRM itself erases (HubSpot's privacy deletion, Zoho's permanent deletion) is forgotten
likewise without a word.
With --json: {"connection","customer","already","fields","erased","partners","files"}.`,
  examples: [
    {
      line: "erase 17850 --why 'Request of 2026-11-20'",
      does: 'by your own number, or the record id',
    },
    { line: "erase mary@example.com --local --why 'Ticket 4711'", does: 'the CRM is out of reach' },
  ],
  run: async (invocation) => {
    const { flags, screen } = invocation;
    const [called = ''] = flags.positionals;
    const why = flags.text('why')?.trim() ?? '';
    if (why === '')
      throw usageInvalid(
        'assay erase needs a reason',
        "Add --why <text>, for example --why 'Request of 2026-11-20'.",
      );
    return await withOneConnection(invocation, async (ctx) => {
      const report = await eraseCustomer(ctx, called, { why, local: flags.isSet('local') });
      screen.result(report, () => renderErased(report));
      return exitCodes.done;
    });
  },
};
