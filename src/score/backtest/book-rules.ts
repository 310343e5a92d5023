import type { Policy } from '../../policy/schema.ts';
import { firstDayOfWindow } from '../signals.ts';
import type { BacktestBooks, BookRules } from './books.ts';

/** How each of the books of a backtest is to be booked. */
export function bookRules(
  { purchase, windowMonths }: Policy,
  asOf: number,
  horizonDays: number,
): Readonly<Record<keyof BacktestBooks, BookRules>> {
  const until = asOf + horizonDays;
  const gross = { ...purchase, refunds: 'ignored' } as const;
  return {
    past: { ...purchase, asOf, windowFrom: firstDayOfWindow(asOf, windowMonths) },
    lastPeriod: { ...gross, asOf, windowFrom: asOf - horizonDays + 1 },
    next: { ...gross, asOf: until, windowFrom: asOf + 1 },
    end: { ...purchase, asOf: until, windowFrom: firstDayOfWindow(until, windowMonths) },
  };
}
