import type { FieldKey, FieldValue } from '../domain/field.ts';

const numeric: ReadonlySet<FieldKey> = new Set<FieldKey>([
  'value_score',
  'loyalty_score',
  'recency_score',
  'frequency_score',
  'monetary_score',
  'net_amount',
  'orders',
  'confidence',
]);
const days: ReadonlySet<FieldKey> = new Set<FieldKey>(['first_order_on', 'last_order_on']);

/** A CRM's text for one of our fields in the canonical form of `FieldValue`; unreadable text stays. */
export function canonicalValue(key: FieldKey, raw: string | null | undefined): FieldValue {
  if (raw === null || raw === undefined || raw === '') return null;
  if (numeric.has(key)) return canonicalNumber(raw);
  return days.has(key) ? canonicalDay(raw) : raw;
}

function canonicalNumber(raw: string): string {
  const value = Number(raw);
  if (!Number.isFinite(value) || raw.trim() === '') return raw;
  return value === 0 ? '0' : String(value);
}

/** `2026-11-22`, a timestamp beginning so, or epoch ms at UTC midnight. */
export function canonicalDay(raw: string): string {
  if (/^\d{4}-\d{2}-\d{2}/.test(raw)) return raw.slice(0, 10);
  if (!/^-?\d{9,}$/.test(raw)) return raw;
  return new Date(Number(raw)).toISOString().slice(0, 10);
}
