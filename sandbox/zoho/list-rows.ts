import { inView } from './in-view.ts';
import type { ListQuery, SortField } from './list-query.ts';
import type { Org } from './org.ts';
import type { Position } from './page-tokens.ts';
import type { StoredRecord } from './record.ts';
import { compareIds } from './record-store.ts';
import { isConverted } from './record-values.ts';

/** The records a list shows, in its order, from behind a position on. */
export function* listRows(
  org: Org,
  query: ListQuery,
  after: Position | null,
): Generator<StoredRecord> {
  const isWanted = filterOf(org, query);
  for (const record of inOrder(org, query, after)) if (isWanted(record)) yield record;
}

/** Where a record stands in the order of the list. */
export function positionOf({ sortBy }: ListQuery, record: StoredRecord): Position {
  return { key: keyOf(sortBy, record), id: record.id };
}

function* inOrder(org: Org, query: ListQuery, after: Position | null): Generator<StoredRecord> {
  const records = sorted(org, query);
  const isAscending = query.sortOrder === 'asc';
  const step = isAscending ? 1 : -1;
  let place = isAscending ? 0 : records.length - 1;
  if (after !== null) {
    const [above, atOrAbove] = [true, false].map((isPast) =>
      firstPast(records, query.sortBy, after, isPast),
    );
    place = isAscending ? (above ?? 0) : (atOrAbove ?? 0) - 1;
  }
  for (let record = records[place]; record !== undefined; record = records[place]) {
    yield record;
    place += step;
  }
}

function sorted(org: Org, { module, sortBy }: ListQuery): readonly StoredRecord[] {
  const store = org.records[module];
  if (sortBy === 'id') return store.byId();
  return sortBy === 'Created_Time' ? store.byCreated() : store.byModified();
}

/** Binary search: the first place at the position or (`isPast`) only past it. */
function firstPast(
  records: readonly StoredRecord[],
  sortBy: SortField,
  { key, id }: Position,
  isPast: boolean,
): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const record = records[middle];
    const order =
      record === undefined ? 1 : keyOf(sortBy, record) - key || compareIds(record.id, id);
    if (order < 0 || (isPast && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function keyOf(sortBy: SortField, { createdAt, modifiedAt }: StoredRecord): number {
  if (sortBy === 'id') return 0;
  return sortBy === 'Created_Time' ? createdAt : modifiedAt;
}

function filterOf(org: Org, query: ListQuery): (record: StoredRecord) => boolean {
  const { module, converted, since } = query;
  const ids = query.ids === null ? null : new Set(query.ids);
  const view = query.cvid === null ? undefined : org.customViews.byId(query.cvid);
  const isInView = view === undefined ? () => true : inView(org, view);
  return (record) =>
    (since === null || record.modifiedAt > since) &&
    (ids === null || ids.has(record.id)) &&
    (module !== 'Leads' ||
      converted === 'both' ||
      isConverted(record) === (converted === 'true')) &&
    isInView(record);
}
