import type { PullPlan, PullRequest } from '../../src/connector/pull.ts';
import type { OwnWrites } from '../../src/domain/own-writes.ts';
import type { PullTask } from '../../src/domain/pull-task.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { marksPerQuery, type OwnMarks } from './criteria.ts';
import { renderCursor } from './cursors.ts';
import { deltaOf, type ObjectDelta, swept, type Wanted } from './delta-of.ts';
import type { PullContext } from './pull-context.ts';
import { idsPerQuery } from './read-by-ids.ts';
import { marksOf, renderWatermark, type Watermark } from './watermark.ts';

/** What changed since the watermark, and what left. Idle: for each object a count, a list and a query. */
export async function planDelta(
  context: PullContext,
  watermark: Watermark,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPlan> {
  const { customers, deals, marks } = await bothDeltas(context, watermark, request, signal);
  const relinked = await relinkedDeals(context, customers, deals);
  return {
    mode: 'delta',
    reason: `customers ${customers.reason}; deals ${deals.reason}`,
    tasks: [...customers.tasks, ...deals.tasks, ...relinked],
    watermark: renderWatermark({
      ...watermark,
      marker: customers.marker ?? watermark.marker,
      userId: marks?.userId ?? watermark.userId,
      objects: marksOf(customers.mark, deals.mark),
    }),
    complete: [
      ...(customers.isComplete ? (['customers'] as const) : []),
      ...(deals.isComplete ? (['deals'] as const) : []),
    ],
    estimatedCalls: customers.calls + deals.calls + relinked.length,
  };
}

async function bothDeltas(
  context: PullContext,
  watermark: Watermark,
  { known, ownWrites, mayList = true }: PullRequest,
  signal: AbortSignal,
) {
  const { customers: mark, deals: markOfDeals } = watermark.objects;
  const recent = recentOf(ownWrites, mark.from ?? mark.last.at);
  const marks = await ownMarks(context, watermark, recent, signal);
  const times = recent.map(({ lastAt }) => lastAt).toSorted();
  const ofCustomers: Wanted = {
    object: 'customers',
    ...{ mark, known: known.customers, marks, ownAt: times.at(-1) ?? null, mayList },
  };
  const ofDeals: Wanted = {
    object: 'deals',
    ...{ mark: markOfDeals, known: known.deals, marks: null, ownAt: null, mayList },
  };
  const [customers, deals] = await Promise.all([
    deltaOf(context, ofCustomers, signal),
    deltaOf(context, ofDeals, signal),
  ]);
  if (!customers.isComplete || deals.isComplete) return { customers, deals, marks };
  const allDeals = await swept(context, ofDeals, noneGone, relinking, signal);
  return { customers, deals: allDeals, marks };
}

/** Who came back has the old deals again, who left may have been merged, and no deal's time moves. */
const relinking = 'they may be other customers’';
const noneGone = { removals: [] } as const;

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
  { gone }: ObjectDelta,
  deals: ObjectDelta,
): Promise<readonly PullTask[]> {
  if (deals.isComplete || gone.length === 0) return [];
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
