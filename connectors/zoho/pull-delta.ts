import type { PullPlan, PullRequest } from '../../src/connector/pull.ts';
import type { OwnWrites } from '../../src/domain/own-writes.ts';
import type { PullTask } from '../../src/domain/pull-task.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { marksPerQuery, type OwnMarks } from './criteria.ts';
import { renderCursor } from './cursors.ts';
import { deltaOf, type ObjectDelta } from './delta-of.ts';
import type { PullContext } from './pull-context.ts';
import { idsPerQuery } from './read-by-ids.ts';
import { marksOf, renderWatermark, type Watermark } from './watermark.ts';

/** What changed since the watermark, and what left. Idle: for each object a count, a list and a query. */
export async function planDelta(
  context: PullContext,
  watermark: Watermark,
  { known, ownWrites }: PullRequest,
  signal: AbortSignal,
): Promise<PullPlan> {
  const { customers, deals } = watermark.objects;
  const recent = recentOf(ownWrites, customers.from ?? customers.last.at);
  const marks = await ownMarks(context, watermark, recent, signal);
  const ownAt =
    recent
      .map(({ lastAt }) => lastAt)
      .toSorted()
      .at(-1) ?? null;
  const [ofCustomers, ofDeals] = await Promise.all([
    deltaOf(
      context,
      { object: 'customers', mark: customers, known: known.customers, marks, ownAt },
      signal,
    ),
    deltaOf(
      context,
      { object: 'deals', mark: deals, known: known.deals, marks: null, ownAt: null },
      signal,
    ),
  ]);
  const relinked = await relinkedDeals(context, ofCustomers, ofDeals);
  const tasks = [...ofCustomers.tasks, ...ofDeals.tasks, ...relinked];
  return {
    mode: 'delta',
    reason: `customers ${ofCustomers.reason}; deals ${ofDeals.reason}`,
    tasks,
    watermark: renderWatermark({
      ...watermark,
      marker: ofCustomers.marker ?? watermark.marker,
      userId: marks?.userId ?? watermark.userId,
      objects: marksOf(ofCustomers.mark, ofDeals.mark),
    }),
    complete: [
      ...(ofCustomers.isComplete ? (['customers'] as const) : []),
      ...(ofDeals.isComplete ? (['deals'] as const) : []),
    ],
    estimatedCalls: ofCustomers.calls + ofDeals.calls + relinked.length,
  };
}

function recentOf(ownWrites: readonly OwnWrites[], from: string): readonly OwnWrites[] {
  return ownWrites.filter(({ lastAt }) => lastAt >= from).slice(-marksPerQuery);
}

/** `null`: nothing of ours to leave out, or no field to tell it by. */
async function ownMarks(
  { session }: PullContext,
  watermark: Watermark,
  recent: readonly OwnWrites[],
  signal: AbortSignal,
): Promise<OwnMarks | null> {
  if (recent.length === 0) return null;
  const field = watermark.marker ?? (await session.own(signal)).marker;
  if (field === null) {
    session.log.warn({ reason: 'the field is not there' }, 'pull.marker-unusable');
    return null;
  }
  const userId = watermark.userId ?? (await session.user(signal)).id;
  return { field, userId, writes: recent.map(({ marker, lastAt }) => ({ marker, lastAt })) };
}

/**
 * A merge leaves no pointer (facts §9): the deals of a customer that is gone are read again, with the
 * customer they have now.
 */
async function relinkedDeals(
  { session }: PullContext,
  { gone, isComplete }: ObjectDelta,
  deals: ObjectDelta,
): Promise<readonly PullTask[]> {
  if (deals.isComplete || isComplete || gone.length === 0) return [];
  const ids = await session.stored.dealsOf(gone);
  const parts = [...chunk(ids, idsPerQuery * 25)];
  return parts.map((part, index) => ({
    key: `deals:relinked:${index}`,
    object: 'deals',
    kind: 'relinked',
    cursor: renderCursor({ kind: 'ids', ids: [...part] }),
    expected: part.length,
  }));
}
