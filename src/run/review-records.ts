import type { AuditKind } from '../domain/audit.ts';
import type { Instant, LocalDay } from '../domain/time.ts';
import type { RunContext } from './context.ts';
import { listOverrides } from './list-overrides.ts';
import type { DataGaps, ReviewedOverrides, SinceReview } from './review-report.ts';

const rowsAtOnce = 1_000;

/** What the log tells of a connection since the last review. */
export async function sinceReview(
  ctx: Pick<RunContext, 'connection' | 'store'>,
  since: Instant | null,
): Promise<SinceReview> {
  const count = async (...kinds: readonly AuditKind[]) => await countRows(ctx, kinds, since);
  const releases = (await ctx.store.policies.list())
    .filter(({ at, approved }) => approved !== null && (since === null || at >= since))
    .map(({ number, version, at, by, why }) => ({ number, version, at, by, why }));
  return {
    plansHeld: await count('plan.held'),
    plansRejected: await count('plan.rejected'),
    plansStale: await count('plan.stale'),
    rollbacks: await count('rollback.planned'),
    releases,
  };
}

async function countRows(
  { connection, store }: Pick<RunContext, 'connection' | 'store'>,
  kinds: readonly string[],
  since: Instant | null,
): Promise<number> {
  const select = { chain: connection, kinds, actor: null, since, limit: rowsAtOnce };
  let page = await store.audit.latest({ ...select, before: null });
  let count = page.length;
  while (page.length === rowsAtOnce) {
    page = await store.audit.latest({ ...select, before: page[0] ?? null });
    count += page.length;
  }
  return count;
}

/** @param completeness mean of the records, 0–1 */
export async function dataGaps(
  { connection, store, policy }: Pick<RunContext, 'connection' | 'store' | 'policy'>,
  completeness: number | null,
): Promise<DataGaps> {
  const { problems, wonMinor, unattributedMinor } = await store.records.counts(connection);
  const coverage = await store.records.coverage(connection);
  return {
    completeness,
    gate: policy.quality.gate,
    dealProblems: problems,
    unattributedShare:
      wonMinor <= 0 ? null : Math.min(1, Math.max(0, unattributedMinor / wonMinor)),
    unknownFacts: Object.entries(coverage).flatMap(([fact, isKnown]) => (isKnown ? [] : [fact])),
  };
}

/** People's words that end before the review after this one, and those that another outweighs. */
export async function reviewedOverrides(
  ctx: RunContext,
  until: LocalDay,
): Promise<ReviewedOverrides> {
  const { overrides } = await listOverrides(ctx, { lapsed: false });
  return {
    inForce: overrides.filter(({ state }) => state === 'holds').length,
    until,
    lapsing: overrides.filter((one) => one.until !== null && one.until < until),
    outweighed: overrides.filter(({ state }) => state === 'outweighed' || state === 'void'),
  };
}
