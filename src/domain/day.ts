import type { LocalDay } from './time.ts';

const DAY_MS = 86_400_000;

/** Days since 1970-01-01, negative before it; `null` for a text that is no calendar day. */
export function dayNumber(day: LocalDay): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const date = Number(day.slice(8, 10));
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return null;
  return daysBeforeMonth(year, month) + date - 1;
}

/** The calendar day that is `days` after 1970-01-01. */
export function dayText(days: number): LocalDay {
  return new Date(days * DAY_MS).toISOString().slice(0, 10);
}

/** Calendar months since January of year 0: equal within a month, one more in the next. */
export function monthNumber(day: LocalDay): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

/** The same day `months` earlier, or that month's last day when it is shorter. */
export function monthsBefore(day: LocalDay, months: number): LocalDay {
  const target = monthNumber(day) - months;
  const year = Math.floor(target / 12);
  const month = target - year * 12 + 1;
  const date = Math.min(Number(day.slice(8, 10)), daysInMonth(year, month));
  return dayText(daysBeforeMonth(year, month) + date - 1);
}

/**
 * The first day whose day `months` earlier is `day` or later: the same day of the month, or the first
 * of the next month where that one is too short. What happened on `day` leaves a window of so many
 * months on it.
 */
export function monthsAfter(day: LocalDay, months: number): LocalDay {
  const target = monthNumber(day) + months;
  const year = Math.floor(target / 12);
  const month = target - year * 12 + 1;
  const date = Number(day.slice(8, 10));
  return dayText(daysBeforeMonth(year, month) + Math.min(date, daysInMonth(year, month) + 1) - 1);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days from 1970-01-01 to the first of the month: the year begins in March, its leap day ends it. */
function daysBeforeMonth(year: number, month: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const leaps =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leaps + Math.floor((153 * marchMonth + 2) / 5) - 719_468;
}
