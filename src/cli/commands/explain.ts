import { AssayError } from '../../domain/assay-error.ts';
import { explainCustomer } from '../../run/explain.ts';
import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions, connectionOption } from '../option.ts';
import { renderExplained } from '../views/explanation.ts';
import { withOneConnection } from '../with-app.ts';

/** `assay explain`. */
export const explain: CommandBody = {
  takes: '<customer>',
  positionals: { least: 1, most: 1 },
  options: [connectionOption, ...configOptions],
  about: `Says of what a customer's score is made: every part with its points and the facts behind it. The
customer is named by the CRM's record id, by your own customer number or by e-mail. Makes no call.
With --json: {"customers":[…]}, several when an e-mail belongs to several.`,
  examples: [
    { line: 'explain 17850', does: 'by your own number, or the record id' },
    { line: 'explain mary@example.com --json', does: 'by e-mail' },
  ],
  run: async (invocation) =>
    await withOneConnection(invocation, async (ctx) => {
      const [text = ''] = invocation.flags.positionals;
      const customers = await explainCustomer(ctx, text);
      if (customers.length === 0) throw customerUnknown(text, ctx.connection);
      invocation.screen.result({ customers }, () => customers.map(renderExplained).join('\n\n'));
      return exitCodes.done;
    }),
};

function customerUnknown(text: string, connection: string): AssayError {
  return new AssayError(
    'CUSTOMER_UNKNOWN',
    'refuse-to-start',
    `Connection "${connection}" knows no customer "${text}" by record id, customer number or e-mail.`,
    'Look for a typing mistake; a customer made since the last run is known after `assay pull`.',
  );
}
