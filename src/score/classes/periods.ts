const DAY_MS = 86_400_000;

/** Which calendar period of so many months a day is in: of three, the quarter. */
export function periodOf(day: number, months: number): number {
  const date = new Date(day * DAY_MS);
  return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months);
}

/** The first day of a period. */
export function periodStart(period: number, months: number): number {
  return Date.UTC(0, period * months - 1900 * 12) / DAY_MS;
}
