import { CallError } from '../../src/connector/http/call-error.ts';
import type { PullPage } from '../../src/connector/pull.ts';
import type { Deal } from '../../src/domain/deal.ts';
import type { PullTask } from '../../src/domain/pull-task.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { changeGroups } from './changes-query.ts';
import { type ChangesCursor, renderCursor } from './cursors.ts';
import { toDeal } from './deal-mapping.ts';
import { linksPerCall, readLinks } from './links.ts';
import { deals, kindOf, type ObjectKind } from './object-kind.ts';
import { askedProperties, emptyPage, mergeRemovals, type PullContext } from './pull-context.ts';
import { batchSize, readBatch } from './read-batch.ts';
import { fitsSearch, search, searchPageSize } from './search.ts';
import type { WireRecord } from './wire.ts';

/**
 * The next changes: a search page of customers, or as many of deals as one read of their customers
 * takes. That is never dearer than listing everything: half as many calls for customers, and
 * ⌈n/200⌉ + ⌈n/1,000⌉ instead of ⌈n/100⌉ for deals.
 */
export async function changesPage(
  context: PullContext,
  task: PullTask,
  cursor: ChangesCursor,
  signal: AbortSignal,
): Promise<PullPage> {
  const most = task.object === 'deals' ? linksPerCall : searchPageSize;
  const records: WireRecord[] = [];
  let [place, isDone, expected] = [cursor, false, task.expected];
  while (!isDone && records.length + searchPageSize <= most) {
    const { total, found, read } = await searchChanges(context, task, place, signal);
    expected ??= total;
    records.push(...read);
    isDone = found.length >= total || found.length === 0;
    place = { ...place, above: found.at(-1)?.id ?? place.above };
  }
  return {
    ...emptyPage,
    ...(task.object === 'customers'
      ? { customers: records.map(context.session.mapping.toCustomer) }
      : { deals: await changedDeals(context, records, signal) }),
    removals: mergeRemovals(context, task.object, records),
    next: isDone ? null : { ...task, expected, cursor: renderCursor(place) },
  };
}

async function searchChanges(
  context: PullContext,
  task: PullTask,
  cursor: ChangesCursor,
  signal: AbortSignal,
) {
  const { session } = context;
  const kind = kindOf(task.object, session.subject);
  const limit = searchPageSize;
  const ask = async (skip: ChangesCursor['skip']) => {
    const groups = changeGroups(kind, session.own.marker, { ...cursor, skip });
    const properties = askedProperties(context, task.object);
    const query = { groups, properties, limit };
    if (fitsSearch(query)) {
      const { total, results } = await search(session, kind.type, query, signal);
      return { total, found: results, read: results };
    }
    const { total, results } = await search(session, kind.type, { groups, limit }, signal);
    return { total, found: results, read: await readFound(context, kind, results, signal) };
  };
  try {
    return await ask(cursor.skip);
  } catch (error) {
    // Without the marker property (somebody deleted it) our own writes cannot be told apart.
    const isRefused = error instanceof CallError && error.code === 'REQUEST_REFUSED';
    if (!isRefused || cursor.skip.length === 0) throw error;
    session.log.warn({ task: task.key, reason: error.message }, 'pull.marker-unusable');
    return await ask([]);
  }
}

/** By batch, when the names of all properties are too many for a search (BEHAVIOR 9). */
async function readFound(
  context: PullContext,
  kind: ObjectKind,
  found: readonly WireRecord[],
  signal: AbortSignal,
): Promise<readonly WireRecord[]> {
  const properties = askedProperties(context, kind === deals ? 'deals' : 'customers');
  const ids = found.map(({ id }) => id);
  const batches: WireRecord[] = [];
  for (const some of chunk(ids, batchSize))
    batches.push(...(await readBatch(context.session, kind, some, properties, signal)));
  // One that was merged meanwhile answers as what it became, which the next delta finds.
  const asked = new Set(ids);
  return batches.filter(({ id }) => asked.has(id)).toSorted((a, b) => Number(a.id) - Number(b.id));
}

async function changedDeals(
  { session, portal }: PullContext,
  records: readonly WireRecord[],
  signal: AbortSignal,
): Promise<readonly Deal[]> {
  const context = await portal.dealContext(records, signal);
  const links = await readLinks(
    session,
    records.map(({ id }) => id),
    signal,
  );
  return records.map((record) => {
    return toDeal(record, links.get(record.id) ?? [], session.settings.fields, context);
  });
}
