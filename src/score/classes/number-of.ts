import { dayNumber } from '../../domain/day.ts';
import type { LocalDay } from '../../domain/time.ts';
import { NEVER } from '../customer-day.ts';

/** The day's number; that of a day which never comes where there is none. */
export function numberOf(day: LocalDay | null): number {
  return (day === null ? null : dayNumber(day)) ?? NEVER;
}
