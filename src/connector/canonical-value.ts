import type { FieldSpec, FieldValue } from '../domain/field.ts';

/** A CRM's text for one of our fields in the canonical form of `FieldValue`; unreadable text stays. */
export function canonicalValue(
  kind: FieldSpec['kind'],
  raw: string | null | undefined,
): FieldValue {
  if (raw === null || raw === undefined || raw === '') return null;
  switch (kind) {
    case 'integer':
    case 'decimal':
      return canonicalNumber(raw);
    case 'day':
      return canonicalDay(raw);
    default:
      return raw;
  }
}

function canonicalNumber(raw: string): string {
  const value = Number(raw);
  if (!Number.isFinite(value) || raw.trim() === '') return raw;
  return value === 0 ? '0' : String(value);
}

/** No `Date` holds more (ECMA-262). */
const furthestMs = 8.64e15;

/** `2026-11-22`, a timestamp beginning so, or epoch ms at UTC midnight. */
export function canonicalDay(raw: string): string {
  if (/^\d{4}-\d{2}-\d{2}/.test(raw)) return raw.slice(0, 10);
  if (!/^-?\d{9,}$/.test(raw) || Math.abs(Number(raw)) > furthestMs) return raw;
  return new Date(Number(raw)).toISOString().slice(0, 10);
}
