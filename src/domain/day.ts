import type { LocalDay } from './time.ts';

const DAY_MS = 86_400_000;

/** Days since 1970-01-01, negative before it; `null` for a text that is no calendar day. */
export function dayNumber(day: LocalDay): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) return null;
  const days = ms / DAY_MS;
  return dayText(days) === day ? days : null;
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
  const month = monthNumber(day) - months;
  const year = Math.floor(month / 12);
  const lastOfMonth = new Date(Date.UTC(year, (month % 12) + 1, 0)).getUTCDate();
  const date = Math.min(Number(day.slice(8, 10)), lastOfMonth);
  return new Date(Date.UTC(year, month % 12, date)).toISOString().slice(0, 10);
}
