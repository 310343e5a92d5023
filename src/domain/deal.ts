import type { RecordId } from './ids.ts';
import type { Money } from './money.ts';
import type { Instant, LocalDay } from './time.ts';

export const dealStatuses = ['won', 'lost', 'open'] as const;
export type DealStatus = (typeof dealStatuses)[number];

/** What makes a won deal unusable or doubtful; counted in the run's report, never dropped silently. */
export const dealProblems = [
  'amount-missing',
  'amount-unreadable',
  'currency-unknown',
  'rate-unknown',
  'date-missing',
  'date-in-future',
  'customer-missing',
  'order-conflict',
] as const;
export type DealProblem = (typeof dealProblems)[number];

/** One customer of a deal. */
export type DealCustomer = { readonly id: RecordId; readonly primary: boolean };

/** A deal as last pulled. */
export type Deal = {
  readonly id: RecordId;
  /** The seller's own number, for example an invoice's, shown in reasons. */
  readonly reference: string | null;
  readonly status: DealStatus;
  /** In the deal's own currency. */
  readonly amount: Money | null;
  /** In the company's currency at the deal's rate; `null` when no rate is known. */
  readonly homeAmount: Money | null;
  readonly closedAt: Instant | null;
  /** The close date's day in the account's time zone. */
  readonly closedOn: LocalDay | null;
  readonly dueOn: LocalDay | null;
  readonly paidOn: LocalDay | null;
  /** What was taken off the list price, in the deal's own currency, not negative; `null` is unknown, as without an amount. */
  readonly discount: Money | null;
  /** Products or product families bought, sorted, each once; `null` is unknown. */
  readonly products: readonly string[] | null;
  readonly modifiedAt: Instant;
  /** Found while reading; `date-in-future`, `customer-missing`, `order-conflict` are found later. */
  readonly problems: readonly DealProblem[];
  /** The deal's customers; `null` when this page does not say, so what is stored stays. */
  readonly customers: readonly DealCustomer[] | null;
};
