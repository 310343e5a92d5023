import { pagingStuck } from '../../src/connector/paginate.ts';
import type { PullPage } from '../../src/connector/pull.ts';
import type { PullObject, PullTask } from '../../src/domain/pull-task.ts';
import { renderCursor, type ScanCursor } from './cursors.ts';
import { type IdRange, idRanges } from './id-ranges.ts';
import { listedDeals } from './listed-deals.ts';
import { kindOf } from './object-kind.ts';
import { askedProperties, emptyPage, type PullContext } from './pull-context.ts';
import { countRecords, search } from './search.ts';
import { recordPage, type WireRecord } from './wire.ts';

/** Most records of one list page (BEHAVIOR, source `contacts`). */
export const listPageSize = 100;

/** A range of fewer records is not worth its share of the counting searches. */
const leastPerRange = 2_000;
/** Counting searches for one object's borders, beside the two for its ends. */
const probes = 10;

export type ScanPlan = { readonly tasks: readonly PullTask[]; readonly calls: number };

/** Tasks that together list every live record of one object, over ranges of about equal size. */
export async function planScan(
  context: PullContext,
  object: PullObject,
  signal: AbortSignal,
): Promise<ScanPlan> {
  const { session } = context;
  const { type } = kindOf(object, session.subject);
  const lowest = await search(session, type, { groups: [], limit: 1 }, signal);
  const { total } = lowest;
  const parts = Math.min(session.settings.cursors, Math.floor(total / leastPerRange));
  const ranges = parts < 2 ? [whole] : await balanced(context, type, lowest, parts, signal);
  const tasks = ranges.map((range, index) => scanTask(object, range, index, total, ranges.length));
  return { tasks, calls: Math.ceil(total / listPageSize) + ranges.length - 1 };
}

const whole: IdRange = { from: null, to: null };

async function balanced(
  { session }: PullContext,
  type: string,
  lowest: { readonly total: number; readonly results: readonly WireRecord[] },
  parts: number,
  signal: AbortSignal,
): Promise<readonly IdRange[]> {
  const highest = await search(session, type, { groups: [], limit: 1, descending: true }, signal);
  const [min, max] = [Number(lowest.results[0]?.id), Number(highest.results[0]?.id)];
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) return [whole];
  const countBelow = async (id: number) => {
    const below = { propertyName: 'hs_object_id', operator: 'LT', value: String(id) };
    return await countRecords(session, type, [below], signal);
  };
  return await idRanges({ min, max, total: lowest.total, parts, countBelow, probes });
}

function scanTask(
  object: PullObject,
  { from, to }: IdRange,
  index: number,
  total: number,
  ranges: number,
): PullTask {
  const cursor = renderCursor({ kind: 'scan', from, to, after: null, waiting: [] });
  const expected = Math.round(total / ranges);
  return { key: `${object}:scan:${index}`, object, kind: 'scan', cursor, expected };
}

/** One page of the list endpoint. `after` is a record id there: records may come and go meanwhile. */
export async function scanPage(
  context: PullContext,
  task: PullTask,
  cursor: ScanCursor,
  signal: AbortSignal,
): Promise<PullPage> {
  const { results, paging } = await listRecords(context, task.object, cursor, signal);
  const records = results.filter(({ id }) => isWithin(Number(id), cursor));
  const after = paging?.next?.after ?? null;
  if (after !== null && after === cursor.after) throw pagingStuck(after);
  const isPast = cursor.to !== null && highestOf(results, after) >= cursor.to;
  const isLast = after === null || isPast;
  const read =
    task.object === 'customers'
      ? { customers: records.map(context.session.mapping.toCustomer), waiting: [] }
      : await listedDeals(context, records, { waiting: cursor.waiting, isLast }, signal);
  const { waiting, ...found } = read;
  const next = isLast ? null : { ...task, cursor: renderCursor({ ...cursor, after, waiting }) };
  return { ...emptyPage, ...found, next };
}

function isWithin(id: number, { from, to }: ScanCursor): boolean {
  return (from === null || id >= from) && (to === null || id < to);
}

function highestOf(results: readonly WireRecord[], after: string | null): number {
  return Math.max(Number(results.at(-1)?.id ?? 0), Number(after ?? 0));
}

async function listRecords(
  context: PullContext,
  object: PullObject,
  { from, after }: ScanCursor,
  signal: AbortSignal,
) {
  const { session } = context;
  const { client, paths, subject, customers } = session;
  // One below the border: right whether the id in `after` itself is included or not.
  const start = after ?? (from === null ? null : String(from - 1));
  const links = object === 'deals' ? [['associations', customers.type] as const] : [];
  return await client.send(
    {
      method: 'GET',
      path: paths.objects(kindOf(object, subject).type),
      query: [
        ['limit', String(listPageSize)],
        ...(start === null ? [] : [['after', start] as const]),
        ...askedProperties(context, object).map((name) => ['properties', name] as const),
        ...links,
        ['archived', 'false'],
      ],
      answer: recordPage,
      effect: 'read',
    },
    signal,
  );
}
