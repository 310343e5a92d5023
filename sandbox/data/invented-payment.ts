import type { Random } from '../kit/random.ts';
import { daysAfter } from './local-time.ts';
import { pick, wholeNumber } from './random.ts';
import type { WorldOrder } from './world.ts';

/** When an invoice had to be paid, and when it was. */
export type InventedPayment = Pick<WorldOrder, 'dueOn' | 'paidOn'>;

/** An invoice that may be owed on. */
export interface Invoice {
  readonly day: string;
  /** In hundredths. Only an amount above zero can be owed. */
  readonly minor: number;
  /** The last day of the world: what would be paid later is unpaid. */
  readonly until: string;
  /** The share of this buyer's invoices that are paid late. */
  readonly lateShare: number;
}

const UNKNOWN: InventedPayment = { dueOn: null, paidOn: null };
const UNKNOWN_SHARE = 0.06;
const UNPAID_SHARE = 0.03;
const TERMS_DAYS = [14, 30, 30, 30, 60] as const;
const MOST_DAYS_LATE = 75;
const BAD_PAYERS = 0.15;

/** Lateness belongs to people more than to invoices, so it is drawn once a customer. */
export function inventLateShare(random: Random): number {
  return random.next() < BAD_PAYERS ? 0.5 : 0.04;
}

/** Most are paid within their term, some late, some never; of some nobody knows. */
export function inventPayment(invoice: Invoice, random: Random): InventedPayment {
  if (invoice.minor <= 0 || random.next() < UNKNOWN_SHARE) return UNKNOWN;
  const term = pick(random, TERMS_DAYS);
  const dueOn = daysAfter(invoice.day, term);
  if (random.next() < UNPAID_SHARE) return { dueOn, paidOn: null };
  const late = random.next() < invoice.lateShare;
  const waited = late
    ? term + wholeNumber(random, 1, MOST_DAYS_LATE)
    : wholeNumber(random, 0, term);
  const paidOn = daysAfter(invoice.day, waited);
  return { dueOn, paidOn: paidOn > invoice.until ? null : paidOn };
}
