import type { RecordId } from '../../src/domain/ids.ts';
import type { WireRecord } from './wire.ts';

/** By API name; an empty field is `null`, one that the token may not see is missing (facts §9). */
export type FlatValues = Readonly<Record<string, string | null>>;

/** A record as text, whether it came by COQL, GET or CSV: one mapping serves all three. */
export type FlatRecord = { readonly id: RecordId; readonly values: FlatValues };

export function flatRecord(record: WireRecord): FlatRecord {
  const values = Object.entries(record).map(([name, value]) => [name, flat(value)] as const);
  return { id: record.id, values: Object.fromEntries(values) };
}

/** No value of Zoho's has more levels; one without end would end the process. */
const deepest = 5;

/** Lookups as their ids and several values joined by a semicolon, as a CSV has them (facts §4.3). */
function flat(value: unknown, depth = 0): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (depth > deepest) return null;
  if (Array.isArray(value)) return joined(value, depth + 1);
  if (typeof value !== 'object') return String(value);
  return 'id' in value ? flat(value.id, depth + 1) : null;
}

function joined(values: readonly unknown[], depth: number): string | null {
  const named = values.flatMap((value) => flat(value, depth) ?? []);
  return named.length === 0 ? null : named.join(';');
}
