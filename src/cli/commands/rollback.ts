import type { App } from '../../app.ts';
import type { RollbackException } from '../../domain/rollback.ts';
import type { RunContext } from '../../run/context.ts';
import { exceptionsOf, rollbackConnection } from '../../run/rollback.ts';
import type { WhatToTakeBack } from '../../run/rollback-errors.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodeOfOutcome } from '../exit-code.ts';
import { instantOf } from '../instant-of.ts';
import { configOptions, connectionOption } from '../option.ts';
import { homeCurrency, shownPlan } from '../shown-plan.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderRollback, shownExceptions } from '../views/rollback.ts';
import { withOneConnection } from '../with-app.ts';

/** `assay rollback`. */
export const rollback: CommandBody = {
  takes: '[run]',
  positionals: { least: 0, most: 1 },
  needs: 'operator',
  options: [
    {
      kind: 'text',
      name: 'to',
      value: 'time',
      help: 'Take back everything written after this, for example 2026-11-22T09:00Z',
    },
    { kind: 'flag', name: 'apply', help: 'Write it at once, unless plans wait for approval here' },
    { kind: 'text', name: 'why', value: 'text', help: 'The reason, for the log' },
    connectionOption,
    ...configOptions,
  ],
  about: `Makes a plan that puts back what a run wrote (its id as the run printed it; also one of webhooks, w…, or a rollback):
each field and each membership of our lists as it was before, where the CRM still holds what we wrote. What somebody
changed since, what a later run wrote again and who is gone stays, and is listed. Lists themselves and our fields'
definitions are not touched. With --to: everything written after that time, by all runs, as one step a field.
It reads, one call for a hundred customers, and writes nothing: \`assay apply <plan>\` does, or --apply at once. The
connection is left stopped, else the next run would write it all again; mend the cause, then \`assay resume\`.
A run that is at work is stopped first with \`assay pause\`. With --json: {"of","run","exceptions","stop","currency",
"left":[…]}.`,
  examples: [
    {
      line: "rollback r20261122005400a1b2c3d4 --why 'Wrong stage mapping'",
      does: 'shows the plan',
    },
    { line: 'rollback r20261122005400a1b2c3d4 --apply', does: 'puts it back at once' },
    { line: 'rollback --to 2026-11-22T09:00Z', does: 'all that was written since' },
  ],
  run: async (invocation) => {
    const what = whatOf(invocation);
    return await withOneConnection(invocation, (ctx, app) => takeBack(ctx, app, invocation, what));
  },
};

async function takeBack(
  ctx: RunContext,
  app: App,
  { flags, screen }: Invocation,
  what: WhatToTakeBack,
): Promise<ExitCode> {
  const why = flags.text('why')?.trim() ?? '';
  const report = await rollbackConnection(ctx, { what, why, apply: flags.isSet('apply') });
  const plan = report.run.plan?.id ?? null;
  const limit = screen.isJson ? Number.POSITIVE_INFINITY : shownExceptions;
  const left: RollbackException[] = [];
  if (plan !== null) for await (const one of exceptionsOf(app, plan, limit)) left.push(one);
  const currency = await homeCurrency(ctx);
  screen.result({ ...report, currency, left }, () =>
    renderRollback(report, left, shownPlan(report.run, currency, ctx)),
  );
  return exitCodeOfOutcome(report.run.outcome);
}

function whatOf({ flags }: Invocation): WhatToTakeBack {
  const [run] = flags.positionals;
  const to = flags.text('to');
  if (run !== undefined && to === undefined) return { run };
  if (run === undefined && to !== undefined) return { to: instantOf('to', to) };
  throw usageInvalid(
    'assay rollback takes a run, or --to <time>',
    'Write `assay rollback <run>`, or `assay rollback --to 2026-11-22T09:00Z`.',
  );
}
