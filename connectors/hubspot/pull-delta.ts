import type { PullPlan, PullRequest } from '../../src/connector/pull.ts';
import type { OwnWrites } from '../../src/domain/own-writes.ts';
import type { PullObject, PullTask } from '../../src/domain/pull-task.ts';
import type { Instant } from '../../src/domain/time.ts';
import { markersPerSearch } from './changes-query.ts';
import { renderCursor } from './cursors.ts';
import { parseMoment, toInstant } from './instant.ts';
import { kindOf } from './object-kind.ts';
import type { PullContext } from './pull-context.ts';
import { countRecords } from './search.ts';
import { renderWatermark, type Watermark } from './watermark.ts';

type Window = { readonly from: Instant; readonly until: Instant };

type ObjectDelta = {
  readonly tasks: readonly PullTask[];
  readonly sweptUntil: Instant;
  readonly gap: Watermark['gap'][PullObject];
};

/** What changed since the watermark, and what left: idle, two counts and two searches. */
export async function planDelta(
  context: PullContext,
  watermark: Watermark,
  { known, ownWrites }: PullRequest,
  signal: AbortSignal,
): Promise<PullPlan> {
  const [customers, deals] = await Promise.all([
    compareCounts(context, 'customers', watermark, known.customers, signal),
    compareCounts(context, 'deals', watermark, known.deals, signal),
  ]);
  // After the counts, whose answers told the time.
  const window = windowOf(context, watermark);
  const next: Watermark = {
    ...watermark,
    until: window.until,
    sweptUntil: { customers: customers.sweptUntil, deals: deals.sweptUntil },
    gap: { customers: customers.gap, deals: deals.gap },
  };
  const tasks = [
    ...changesTask('customers', window, ownWrites),
    ...changesTask('deals', window, []),
    ...[...customers.tasks, ...deals.tasks],
  ];
  const sweeps = tasks.filter(({ kind }) => kind === 'archived').map(({ object }) => object);
  return {
    mode: 'delta',
    reason: `changes from ${window.from} to ${window.until}${sweepReason(sweeps)}`,
    ...{ tasks, complete: [] },
    watermark: renderWatermark(next),
    estimatedCalls: tasks.length,
  };
}

function sweepReason(sweeps: readonly PullObject[]): string {
  return sweeps.length === 0
    ? ''
    : `; fewer live records than stored: sweep of archived ${sweeps.join(' and ')}`;
}

/**
 * Closed at both ends: it reaches back behind the last window, because the index may have shown a
 * record late, and stops short of now, because it may still be late (BEHAVIOR 12). It never
 * reaches behind a full pull, which reads no index.
 */
function windowOf({ session }: PullContext, watermark: Watermark): Window {
  const { settleMs, lookbackMs } = session.settings;
  const last = parseMoment(watermark.until) ?? 0;
  const settled = session.serverClock.now() - settleMs;
  const back = Math.max(last - lookbackMs, parseMoment(watermark.fullAt) ?? 0);
  return { from: toInstant(back), until: toInstant(Math.max(settled, last)) };
}

function changesTask(
  object: PullObject,
  { from, until }: Window,
  ownWrites: readonly OwnWrites[],
): readonly PullTask[] {
  if (from >= until) return [];
  const recent = ownWrites.filter(({ lastAt }) => lastAt >= from).slice(-markersPerSearch);
  const skip = recent.map(({ marker, lastAt }) => ({ marker, lastAt }));
  const cursor = renderCursor({ kind: 'changes', from, until, above: '0', skip });
  return [{ key: `${object}:changes`, object, kind: 'changes', cursor, expected: null }];
}

/**
 * Whether stored records left the CRM: no search shows that, and archiving does not touch the
 * modified date (BEHAVIOR 18). One counting search tells; only a difference costs a sweep.
 */
async function compareCounts(
  { session }: PullContext,
  object: PullObject,
  watermark: Watermark,
  known: number,
  signal: AbortSignal,
): Promise<ObjectDelta> {
  const { type, created } = kindOf(object, session.subject);
  const countUntil = async (until: Instant) => {
    const value = String(parseMoment(until) ?? 0);
    return await countRecords(
      session,
      type,
      [{ propertyName: created, operator: 'LTE', value }],
      signal,
    );
  };
  const last = watermark.gap[object];
  const counted = await countUntil(watermark.until);
  const gap = { missing: known - counted, until: watermark.until, counted };
  const isExplained =
    gap.missing === 0 ||
    (gap.missing === last.missing && (await countUntil(last.until)) === last.counted);
  const since = watermark.sweptUntil[object];
  if (isExplained) return { tasks: [], sweptUntil: since, gap };
  const cursor = renderCursor({ kind: 'archived', since, after: null });
  const task = { key: `${object}:archived`, object, kind: 'archived', cursor, expected: null };
  return { tasks: [task], sweptUntil: toInstant(session.serverClock.now()), gap };
}
