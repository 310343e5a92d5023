import type { RunContext } from '../../run/context.ts';
import { planConnection } from '../../run/run-connection.ts';
import { allowOptions } from '../allowance.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodeOfOutcome } from '../exit-code.ts';
import { asOfOption, configOptions, connectionOption } from '../option.ts';
import { planChanges } from '../plan-changes.ts';
import { homeCurrency, shownPlan } from '../shown-plan.ts';
import { tellDraft } from '../tell-draft.ts';
import { renderChanges } from '../views/changes.ts';
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
tiers, the revenue that moves with them, lists, calls. Writes nothing; \`assay apply\` does.
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
  const changes =
    report.plan === null
      ? []
      : await planChanges(ctx.store, ctx.connection, report.plan.id, wanted);
  screen.result({ ...report, currency, changes }, () => {
    const total = report.plan?.summary.changes ?? 0;
    const parts = [shownPlan(report, currency, ctx), renderChanges(changes, total)];
    const ended = report.outcome === 'done' ? [] : [renderRunReport(report)];
    return [...parts, ...ended].filter((part) => part !== '').join('\n\n');
  });
  return exitCodeOfOutcome(report.outcome);
}
