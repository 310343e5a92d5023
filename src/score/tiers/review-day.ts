import { dayText, monthNumber, monthsAfter } from '../../domain/day.ts';
import type { LocalDay } from '../../domain/time.ts';
import { assertNever } from '../../lib/assert-never.ts';
import type { Policy } from '../../policy/schema.ts';
import { numberOf } from '../classes/number-of.ts';

type Review = Policy['tiers']['hold']['review'];

/**
 * The first day from `day` on (both since 1970) on which a tier may fall: any, the first of a calendar
 * month, quarter or half-year, or the day of the first order in a later year (of 29 February: 1 March
 * where there is none).
 */
export function reviewFrom(day: number, review: Review, firstOrderOn: LocalDay): number {
  switch (review) {
    case 'anytime':
      return day;
    case 'monthly':
      return firstOfPeriod(day, 1);
    case 'quarterly':
      return firstOfPeriod(day, 3);
    case 'half-yearly':
      return firstOfPeriod(day, 6);
    case 'anniversary':
      return anniversaryFrom(day, firstOrderOn);
    default:
      return assertNever(review);
  }
}

/** Periods of so many months, from January on. */
function firstOfPeriod(day: number, months: number): number {
  const text = dayText(day);
  const into = monthNumber(text) % months;
  if (into === 0 && text.endsWith('-01')) return day;
  return numberOf(monthsAfter(`${text.slice(0, 7)}-01`, months - into));
}

function anniversaryFrom(day: number, firstOrderOn: LocalDay): number {
  const years = Math.max(1, Number(dayText(day).slice(0, 4)) - Number(firstOrderOn.slice(0, 4)));
  const thisYear = numberOf(monthsAfter(firstOrderOn, 12 * years));
  return thisYear >= day ? thisYear : numberOf(monthsAfter(firstOrderOn, 12 * (years + 1)));
}
