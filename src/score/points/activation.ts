import { dayNumber } from '../../domain/day.ts';
import type { CustomerHistory } from '../../domain/history.ts';
import type { Policy } from '../../policy/schema.ts';

/** Points that no deal earned, alive from a day on. */
export type Bonus = { readonly day: number; readonly points: number };

/** A day, or a timestamp that starts with one. */
const startsWithDay = /^.{10}(?:[T ]\d{2}:.*)?$/;

/**
 * The bonus for activating a card [C5]: once, on the day that the policy's attribute holds, as
 * YYYY-MM-DD or a timestamp starting so, whose day is taken as written. `null` where the policy gives
 * none, and where the attribute is unknown or holds anything else.
 */
export function activationBonus(
  { attributes }: Pick<CustomerHistory, 'attributes'>,
  { activation }: Policy['points'],
): Bonus | null {
  if (activation === null) return null;
  const { attribute, points } = activation;
  const given = Object.hasOwn(attributes, attribute) ? attributes[attribute]?.trim() : undefined;
  if (given === undefined || !startsWithDay.test(given)) return null;
  const day = dayNumber(given.slice(0, 10));
  return day === null ? null : { day, points };
}
