import { dayNumber, dayText, monthNumber } from '../../domain/day.ts';

/** Which calendar period of so many months a day is in: of three, the quarter. */
export function periodOf(day: number, months: number): number {
  return Math.floor(monthNumber(dayText(day)) / months);
}

/** The first day of a period. */
export function periodStart(period: number, months: number): number {
  const month = period * months;
  const year = Math.floor(month / 12);
  const text = `${String(year).padStart(4, '0')}-${String(month - year * 12 + 1).padStart(2, '0')}`;
  return dayNumber(`${text}-01`) ?? 0;
}
