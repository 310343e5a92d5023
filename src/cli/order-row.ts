import { dayNumber } from '../domain/day.ts';

/** One row of an orders file, read. */
export type OrderRow = {
  readonly customer: string;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly amount: number;
};

/** Amounts from here on are taken for mistakes. */
const LARGEST = 1e13;

/** Reads rows; days are read once for each text. Gives why it cannot be used for one that cannot. */
export function orderRowReader(asOf: number) {
  const days = new Map<string, number | string>();
  return (customer: string, date: string, amountText: string): OrderRow | string => {
    if (customer === '') return 'name no customer';
    const day = days.get(date) ?? readDay(date, asOf);
    days.set(date, day);
    if (typeof day === 'string') return day;
    const amount = readAmount(amountText);
    return typeof amount === 'string' ? amount : { customer, day, amount };
  };
}

/** The local day as written: a time of day and its zone are not looked at. */
function readDay(text: string, asOf: number): number | string {
  const day = /^.{10}(?:[T ].*)?$/.test(text) ? dayNumber(text.slice(0, 10)) : null;
  if (day === null) return 'have a date that is no day (YYYY-MM-DD)';
  if (day < 0) return 'are of a day before 1970';
  return day > asOf ? 'are of a day after the as-of day' : day;
}

function readAmount(text: string): number | string {
  if (text === '') return 'have no amount';
  const amount = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?$/i.test(text) ? Number(text) : null;
  if (amount === null) return 'have an amount that is no number';
  return Math.abs(amount) < LARGEST ? amount : 'have an amount beyond 10,000,000,000,000';
}
