import type { Customer } from '../domain/customer.ts';
import type { LocalDay } from '../domain/time.ts';
import { canonicalDay } from './canonical-value.ts';

/**
 * A record's values as text, by the CRM's names. Every connector reads them by the functions here, so
 * that the same person has the same values through any CRM.
 */
export type RecordValues = Readonly<Record<string, string | null | undefined>>;

/** Without blanks around it; empty is unknown, as is a name that nothing is mapped to. */
export function textOf(values: RecordValues, name: string | null): string | null {
  const value = name === null ? null : values[name]?.trim();
  return value === undefined || value === null || value === '' ? null : value;
}

/** Several values as one, those that are known. */
export function joinedText(values: RecordValues, names: readonly string[]): string | null {
  const known = names.map((name) => textOf(values, name)).filter((part) => part !== null);
  return known.length === 0 ? null : known.join(' ');
}

/** A day as a date or text field holds it; anything that is no day is unknown. */
export function dayOf(value: string | null): LocalDay | null {
  const canonical = value === null ? '' : canonicalDay(value);
  return isDay(canonical) ? canonical : null;
}

/** One of the calendar, from year 1 on: `Date` takes the 30th of February for a day of March, no database does. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001-01-01') return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

/** A whole number, not negative; anything else is unknown. */
export function countOf(value: string | null): number | null {
  const number = value === null ? Number.NaN : Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

const yes = /^(true|yes|y|1|on|x|是)$/i;

/** A checkbox, or what people choose or type in its place: in doubt nobody is scored against their will. */
export function saysYes(value: string | null): boolean {
  return yes.test(value ?? '');
}

/** The filled ones of the mapped attributes, by the policy's names in their order. */
export function attributesOf(
  values: RecordValues,
  mapped: Readonly<Record<string, string>>,
): Customer['attributes'] {
  const pairs = Object.entries(mapped).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const filled = pairs.flatMap(([name, field]) => {
    const value = textOf(values, field);
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(filled);
}
