import { dayText, monthsAfter } from '../../domain/day.ts';
import { NEVER } from '../customer-day.ts';
import { numberOf } from './number-of.ts';

/** The day on which what happened on `day` leaves a window of so many calendar months. */
export function leavesOn(day: number, months: number): number {
  return Number.isFinite(day) ? numberOf(monthsAfter(dayText(day), months)) : NEVER;
}
