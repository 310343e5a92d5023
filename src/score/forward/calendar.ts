/** Day numbers of the calendar by arithmetic alone: days are walked through by the thousand here. */

/** Days from 1 March of year 0 to 1970-01-01. */
const EPOCH = 719_468;
const DAYS_OF_400_YEARS = 146_097;

/** Calendar months since January of year 0, of the month that `day` is in. */
export function monthOf(day: number): number {
  const { year, month } = marchDate(day);
  return year * 12 + month + 2;
}

/** The first day of the month that so many months come before, counted from January of year 0. */
export function firstOfMonth(month: number): number {
  const year = Math.floor((month - 2) / 12);
  return startOf(year, month - 2 - year * 12);
}

/** The first day of a window of so many calendar months that ends with `day`. */
export function windowStart(day: number, months: number): number {
  const target = monthOf(day) - months;
  const date = day - firstOfMonth(monthOf(day));
  return Math.min(firstOfMonth(target) + date, firstOfMonth(target + 1) - 1) + 1;
}

/** The first day on which what happened on `day` has left a window of so many months. */
export function windowExit(day: number, months: number): number {
  const month = monthOf(day);
  const date = day - firstOfMonth(month);
  return Math.min(firstOfMonth(month + months) + date, firstOfMonth(month + months + 1));
}

/** The last day of the calendar quarter that `day` is in. */
export function quarterEnd(day: number): number {
  const month = monthOf(day);
  return firstOfMonth(month - (month % 3) + 3) - 1;
}

/** Years begin in March, so that the leap day is their last. */
function marchDate(day: number): { readonly year: number; readonly month: number } {
  const era = Math.floor((day + EPOCH) / DAYS_OF_400_YEARS);
  const dayOfEra = day + EPOCH - era * DAYS_OF_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  return { year: era * 400 + yearOfEra, month: Math.floor((5 * dayOfYear + 2) / 153) };
}

function startOf(year: number, month: number): number {
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leaps + Math.floor((153 * month + 2) / 5) - EPOCH;
}
