import type { ConnectionStop } from '../domain/connection-stop.ts';
import type { RollbackException } from '../domain/rollback.ts';
import type { ExceptionCounts } from '../store/rollback-store.ts';
import { applyStage } from './apply-stage.ts';
import type { RunContext } from './context.ts';
import { pass } from './pass.ts';
import type { RunReport } from './report.ts';
import { rollbackEmpty, rollbackInPreview, type WhatToTakeBack } from './rollback-errors.ts';
import { planRollback } from './rollback-plan.ts';
import { rollbackScope } from './rollback-scope.ts';

export type RollbackOptions = {
  readonly what: WhatToTakeBack;
  readonly why: string;
  /** Write the plan at once, unless it waits for a person. */
  readonly apply: boolean;
};

export type RollbackReport = {
  readonly of: WhatToTakeBack;
  readonly run: RunReport;
  /** What stays as it is, by cause. */
  readonly exceptions: ExceptionCounts | null;
  /** The stop that it set; `null`: there was nothing to take back. */
  readonly stop: ConnectionStop | null;
};

/**
 * Makes the plan that takes back what a run wrote, or all that was written since, and leaves the
 * connection stopped (ADR 15, 5). Reads one call for a hundred customers; writes nothing but by the
 * plan, like any other.
 * @throws AssayError `RUN_UNKNOWN`, `ROLLBACK_EMPTY`, `ROLLBACK_TOO_OLD`, `ROLLBACK_IN_PREVIEW`,
 * `LEASE_HELD`.
 */
export async function rollbackConnection(
  ctx: RunContext,
  { what, why, apply }: RollbackOptions,
): Promise<RollbackReport> {
  const { connection, store, writes } = ctx;
  if (writes.mode === 'preview') throw rollbackInPreview(connection);
  const scope = await rollbackScope(ctx, what);
  const run = await pass(ctx, { onceStopped: 'taking-back' }, async (held, one, report) => {
    const plan = await planRollback(held, one, { scope, what, why });
    if (plan === null) return;
    report.plan = { id: plan.id, summary: plan.summary };
    if (apply && plan.status === 'ready') report.apply = await applyStage(held, plan);
  });
  if (run.stopped === null && run.plan === null) throw rollbackEmpty(connection, what);
  const stop = await store.stops.of(connection);
  return {
    ...{ of: what, run },
    exceptions: run.plan === null ? null : await store.rollbacks.exceptionCounts(run.plan.id),
    stop: stop !== null && stop.plan === run.plan?.id ? stop : null,
  };
}

/** All that a rollback leaves as it is, by customer. */
export async function* exceptionsOf(
  { store }: Pick<RunContext, 'store'>,
  plan: string,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<RollbackException> {
  const atOnce = 1_000;
  for (let offset = 0; offset < limit; offset += atOnce) {
    const wanted = Math.min(atOnce, limit - offset);
    const page = await store.rollbacks.exceptions(plan, { offset, limit: wanted });
    yield* page;
    if (page.length < wanted) return;
  }
}
