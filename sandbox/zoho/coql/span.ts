import type { StoredRecord } from '../record.ts';
import type { RecordStore } from '../record-store.ts';
import { compareIds } from '../record-store.ts';
import { type Bounds, comparePositions } from './bounds.ts';

/** A stretch of records to look at; the end is not included. */
export interface Span {
  readonly records: readonly StoredRecord[];
  readonly from: number;
  readonly to: number;
}

/** Within the order by id. */
export function idSpan(store: RecordStore, { ids: [low, high] }: Bounds): Span {
  const records = store.byId();
  const from = firstWhere(records, ({ id }) => compareIds(id, low) >= 0);
  return { records, from, to: firstWhere(records, ({ id }) => compareIds(id, high) > 0) };
}

/** Within the order by modified time and id. */
export function modifiedSpan(store: RecordStore, { start, modified }: Bounds): Span {
  const records = store.byModified();
  const from = firstWhere(records, (record) => comparePositions(record, start) >= 0);
  return { records, from, to: firstWhere(records, ({ modifiedAt }) => modifiedAt > modified[1]) };
}

/** The records named, whatever their order. */
export function namedSpan(store: RecordStore, named: ReadonlySet<string>): Span {
  const records = [...named].map((id) => store.get(id)).filter((record) => record !== undefined);
  return { records, from: 0, to: records.length };
}

export function spanLength({ from, to }: Span): number {
  return Math.max(0, to - from);
}

/** By bisection: `isBehind` is false up to some record, and true from there on. */
function firstWhere(
  records: readonly StoredRecord[],
  isBehind: (record: StoredRecord) => boolean,
): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const record = records[middle];
    if (record === undefined || isBehind(record)) high = middle;
    else low = middle + 1;
  }
  return low;
}
