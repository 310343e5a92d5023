import { AssayError } from '../../domain/assay-error.ts';
import { languages } from '../../policy/language.ts';
import { explainCustomer } from '../../run/explain.ts';
import { choiceFlag } from '../choice-flag.ts';
import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions, connectionOption, type Option } from '../option.ts';
import { renderExplained } from '../views/explanation.ts';
import { withOneConnection } from '../with-app.ts';

const languageOption: Option = {
  kind: 'text',
  name: 'language',
  value: 'en|zh',
  help: 'Language of the explanation; default the connection’s',
};

/** `assay explain`. */
export const explain: CommandBody = {
  takes: '<customer>',
  positionals: { least: 1, most: 1 },
  needs: 'viewer',
  options: [connectionOption, languageOption, ...configOptions],
  about: `Says of what a customer's scores, classes and figures are made: every part with its points and the
facts behind it, what is unknown, what would lift the tier and when it falls. The customer
is named by the CRM's record id, by your own customer number or by e-mail. Makes no call.
With --json: {"customers":[…]}, several when an e-mail belongs to several.`,
  examples: [
    { line: 'explain 17850', does: 'by your own number, or the record id' },
    { line: 'explain mary@example.com --json', does: 'by e-mail' },
    { line: 'explain 17850 --language zh', does: 'in Chinese' },
  ],
  run: async (invocation) =>
    await withOneConnection(invocation, async (ctx) => {
      const [text = ''] = invocation.flags.positionals;
      const language = choiceFlag(invocation.flags, 'language', languages);
      const customers = await explainCustomer(ctx, text, language);
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
