import { daysPer } from '../score/clv/time-unit.ts';
import { usageInvalid } from './usage-invalid.ts';

const daysOf: Readonly<Record<string, number>> = {
  d: daysPer.day,
  w: daysPer.week,
  m: daysPer.month,
  y: daysPer.year,
};
const LONGEST = 100 * daysPer.year;

/** Reads `39w`, `90d`, `6m` or `1.5y` as days; `@throws` AssayError `USAGE_INVALID` for anything else. */
export function horizonDays(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6}(?:\.\d{1,6})?)([dwmy])$/.exec(text) ?? [];
  const days = Number(number) * (daysOf[unit] ?? 0);
  if (days > 0 && days <= LONGEST) return days;
  throw usageInvalid(
    `--horizon takes a time ahead such as 39w, not "${text}"`,
    'Write a number above 0 and d, w, m or y: 90d, 39w, 6m, 1y; 100 years at most.',
  );
}
