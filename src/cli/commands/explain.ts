import { type Language, languages } from '../../policy/language.ts';
import type { RunContext } from '../../run/context.ts';
import { explainCustomer } from '../../run/explain.ts';
import { explainAsOf, explainHistory } from '../../run/explain-past.ts';
import { customerUnknown } from '../../run/overrides.ts';
import { choiceFlag } from '../choice-flag.ts';
import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import type { Flags } from '../flags.ts';
import { configOptions, connectionOption, type Option } from '../option.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderHistory, renderPast } from '../views/explained-past.ts';
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
  options: [
    {
      kind: 'text',
      name: 'as-of',
      value: 'day',
      help: 'As it was on that day (YYYY-MM-DD), by the policy of then',
    },
    { kind: 'flag', name: 'history', help: 'Tiers and scores by day, with what changed' },
    connectionOption,
    languageOption,
    ...configOptions,
  ],
  about: `Says of what a customer's scores, classes and figures are made: every part with its points and the
facts behind it, what is unknown, what would lift the tier and when it falls. The customer
is named by the CRM's record id, by your own customer number or by e-mail. Makes no call.
Each score is kept from the day on which it became another, as long as \`schedule.keepDays\`: --as-of tells it with
the reasons, policy and cut points of then, --history all of them in a row.
With --json: {"customers":[…]}, several when an e-mail belongs to several.`,
  examples: [
    { line: 'explain 17850', does: 'by your own number, or the record id' },
    { line: 'explain mary@example.com --json', does: 'by e-mail' },
    { line: 'explain 17850 --language zh', does: 'in Chinese' },
    { line: 'explain 17850 --as-of 2026-03-31', does: 'as it was at the end of March' },
    { line: 'explain 17850 --history', does: 'how it became what it is' },
  ],
  run: async (invocation) =>
    await withOneConnection(invocation, async (ctx) => {
      const [text = ''] = invocation.flags.positionals;
      const language = choiceFlag(invocation.flags, 'language', languages);
      const show = await explained(ctx, invocation.flags, { text, language });
      if (show.customers.length === 0) throw customerUnknown(text, ctx.connection);
      invocation.screen.result({ customers: show.customers }, () => show.texts().join('\n\n'));
      return exitCodes.done;
    }),
};

type Shown = { readonly customers: readonly unknown[]; readonly texts: () => readonly string[] };

async function explained(
  ctx: RunContext,
  flags: Flags,
  {
    text,
    language = ctx.language,
  }: { readonly text: string; readonly language?: Language | undefined },
): Promise<Shown> {
  const asOf = flags.day('as-of');
  const isHistory = flags.isSet('history');
  if (asOf !== undefined && isHistory)
    throw usageInvalid('--as-of and --history say two things', 'Give one of them.');
  if (asOf !== undefined) {
    const customers = await explainAsOf(ctx, text, { asOf, language });
    return { customers, texts: () => customers.map(renderPast) };
  }
  if (isHistory) {
    const customers = await explainHistory(ctx, text, language);
    return { customers, texts: () => customers.map(renderHistory) };
  }
  const customers = await explainCustomer(ctx, text, language);
  return { customers, texts: () => customers.map(renderExplained) };
}
