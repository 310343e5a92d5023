import type { RunContext } from '../../run/context.ts';
import type { RunReport } from '../../run/report.ts';
import { planConnection } from '../../run/run-connection.ts';
import { allowOptions } from '../allowance.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodeOfOutcome } from '../exit-code.ts';
import { asOfOption, configOptions, connectionOption } from '../option.ts';
import { jsonPieces } from '../plans/json-pieces.ts';
import { changePages } from '../plans/plan-pages.ts';
import { homeCurrency, shownPlan } from '../shown-plan.ts';
import { tellDraft } from '../tell-draft.ts';
import { renderChanges, type ShownChange } from '../views/changes.ts';
import { renderRunReport } from '../views/run-report.ts';
import { withOneConnection } from '../with-app.ts';

const defaultChanges = 5;

/** `assay plan`. */
export const plan: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'operator',
  options: [
    connectionOption,
    {
      kind: 'text',
      name: 'changes',
      value: 'n',
      help: `How many changes to show, in the order of writing; default ${defaultChanges}`,
    },
    asOfOption,
    ...allowOptions,
    ...configOptions,
  ],
  about: `Compares the scores with what the CRM holds and shows what would be written: who moves between
tiers, the revenue that moves with them, lists, calls. Writes nothing; \`assay apply\` does. Where the connection asks
for a person's word, or a guard of the brake holds it, the plan waits (exit code 3): see \`assay plans\`.
With --json: the report, with "currency" and "changes".`,
  examples: [
    { line: 'plan', does: 'what would be written' },
    { line: 'plan --changes 1000000 --json', does: 'with every single change' },
  ],
  run: async (invocation) =>
    await withOneConnection(invocation, async (ctx, app) => {
      await tellDraft(app, invocation.screen);
      return await planOne(ctx, invocation);
    }),
};

async function planOne(ctx: RunContext, { flags, screen }: Invocation): Promise<ExitCode> {
  const wanted = flags.count('changes') ?? defaultChanges;
  const asOf = flags.day('as-of');
  const report = await planConnection(ctx, asOf === undefined ? {} : { asOf });
  const currency = await homeCurrency(ctx);
  const { plan: made, connection } = report;
  const pages = made === null ? noPages() : changePages(ctx.store, { ...made, connection }, wanted);
  if (screen.isJson) {
    await screen.stream(jsonPieces({ ...report, currency }, { changes: pages }));
  } else {
    const ended = isPlain(report) ? '' : renderRunReport(report);
    const parts = [shownPlan(report, currency, ctx), ended].filter((part) => part !== '');
    screen.print(parts.join('\n\n'));
    await screen.stream(renderChanges(pages, made?.summary.changes ?? 0));
  }
  return exitCodeOfOutcome(report.outcome);
}

/** Whether the plan itself says all there is to say. */
function isPlain({ outcome, plan: made }: RunReport): boolean {
  return outcome === 'done' && made !== null;
}

async function* noPages(): AsyncGenerator<readonly ShownChange[]> {
  yield [];
}
