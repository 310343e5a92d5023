import type { FieldReader } from '../field-reader.ts';
import type { StoredRecord, StoredValue } from '../record.ts';
import { compareIds, type RecordStore } from '../record-store.ts';
import type { Bounds } from './bounds.ts';
import { compareValues } from './operand.ts';
import type { Predicate } from './predicate.ts';
import { idSpan, modifiedSpan, namedSpan, type Span, spanLength } from './span.ts';
import type { ValueKind } from './value-kind.ts';

/** One step of an order. */
export interface SortKey {
  readonly field: string;
  readonly kind: ValueKind;
  readonly read: FieldReader;
  readonly descending: boolean;
}

/** Which records a query is about. */
export interface Scan {
  readonly store: RecordStore;
  readonly bounds: Bounds;
  readonly matches: Predicate;
}

/**
 * The first `count` matches in the order asked for; ties and no order at all: by id, ascending
 * (facts §4.2). Where one of the store's own orders is the one asked for, stops when it has enough.
 */
export function firstMatches(
  scan: Scan,
  order: readonly SortKey[],
  count: number,
): readonly StoredRecord[] {
  const natural = scan.bounds.named === null ? naturalSpan(scan, order) : undefined;
  if (natural === undefined || spanLength(natural) > 4 * spanLength(narrowestSpan(scan)))
    return allMatches(scan).toSorted(comparator(order)).slice(0, count);
  return walk(natural, scan.matches, count, order[0]?.descending ?? false);
}

/** All matches, in no order. */
export function allMatches(scan: Scan): readonly StoredRecord[] {
  return walk(narrowestSpan(scan), scan.matches, Infinity, false);
}

function walk(
  { records, from, to }: Span,
  matches: Predicate,
  count: number,
  backwards: boolean,
): readonly StoredRecord[] {
  const found: StoredRecord[] = [];
  for (let step = 0; step < to - from && found.length < count; step += 1) {
    const record = records[backwards ? to - 1 - step : from + step];
    if (record !== undefined && matches(record)) found.push(record);
  }
  return found;
}

function narrowestSpan({ store, bounds }: Scan): Span {
  if (bounds.named !== null) return namedSpan(store, bounds.named);
  const byId = idSpan(store, bounds);
  // The order by modified time is made anew after every write: not asked for where it is no use.
  if (!isWithin(bounds.modified)) return byId;
  const byModified = modifiedSpan(store, bounds);
  return spanLength(byId) <= spanLength(byModified) ? byId : byModified;
}

function isWithin([low, high]: Bounds['modified']): boolean {
  return low > -Infinity || high < Infinity;
}

function naturalSpan({ store, bounds }: Scan, order: readonly SortKey[]): Span | undefined {
  const [first, second] = order;
  if (first === undefined || first.field === 'id') return idSpan(store, bounds);
  if (first.field !== 'Modified_Time') return undefined;
  // Without a second step ties go by id ascending, which only the ascending order gives.
  const isNatural =
    second === undefined
      ? !first.descending
      : second.field === 'id' && second.descending === first.descending;
  return isNatural ? modifiedSpan(store, bounds) : undefined;
}

function comparator(order: readonly SortKey[]) {
  return (a: StoredRecord, b: StoredRecord): number => {
    for (const { kind, read, descending } of order) {
      const sign = compareStored(kind, read(a), read(b));
      if (sign !== 0) return descending ? -sign : sign;
    }
    return compareIds(a.id, b.id);
  };
}

/** Empty values come first. */
export function compareStored(kind: ValueKind, a: StoredValue, b: StoredValue): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareValues(kind, a, typeof b === 'object' ? b.join(';') : b);
}
