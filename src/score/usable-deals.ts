import { dayNumber } from '../domain/day.ts';
import type { Deal, DealProblem } from '../domain/deal.ts';
import type { LocalDay } from '../domain/time.ts';
import { shareOf } from './attribute.ts';
import type { SignalsInput } from './signals-input.ts';

/** A won deal that counts, as far as it is this customer's. */
export type UsableDeal = {
  readonly on: LocalDay;
  /** `on` as days since 1970. */
  readonly day: number;
  /** This customer's share in home minor units; negative for a refund. */
  readonly minor: number;
  readonly reference: string;
  readonly dueOn: LocalDay | null;
  readonly paidOn: LocalDay | null;
};

export type UsableDeals = {
  readonly deals: readonly UsableDeal[];
  /** Won deals left out, each under its first cause: `deals` and these make up all that are theirs. */
  readonly problems: Readonly<Record<string, number>>;
};

type Reading =
  | { readonly status: 'usable'; readonly deal: UsableDeal }
  | { readonly status: 'problem'; readonly cause: DealProblem }
  | { readonly status: 'not-theirs' };

/** The customer's won deals, those that cannot be counted told apart by cause. */
export function usableDeals(input: SignalsInput): UsableDeals {
  const deals: UsableDeal[] = [];
  const problems = new Map<string, number>();
  for (const deal of input.deals) {
    if (deal.status !== 'won') continue;
    const reading = readDeal(deal, input);
    if (reading.status === 'usable') deals.push(reading.deal);
    if (reading.status === 'problem')
      problems.set(reading.cause, (problems.get(reading.cause) ?? 0) + 1);
  }
  return { deals, problems: Object.fromEntries([...problems].toSorted(byCause)) };
}

function readDeal(deal: Deal, input: SignalsInput): Reading {
  const customers = deal.customers ?? [{ id: input.customer.id, primary: true }];
  const amount = deal.homeAmount;
  const minor = shareOf(input.customer.id, amount?.minor ?? 0, customers, input.attribution);
  if (minor === null) return { status: 'not-theirs' };
  const day = deal.closedOn === null ? null : dayNumber(deal.closedOn);
  if (deal.closedOn === null || day === null) return { status: 'problem', cause: 'date-missing' };
  if (deal.closedOn > input.asOf) return { status: 'problem', cause: 'date-in-future' };
  if (amount === null) return { status: 'problem', cause: amountProblem(deal) };
  if (amount.currency !== input.homeCurrency) return { status: 'problem', cause: 'rate-unknown' };
  if (!Number.isSafeInteger(amount.minor)) return { status: 'problem', cause: 'amount-unreadable' };
  return {
    status: 'usable',
    deal: {
      on: deal.closedOn,
      day,
      minor,
      reference: deal.reference ?? deal.id,
      dueOn: deal.dueOn,
      paidOn: deal.paidOn,
    },
  };
}

const amountProblems: readonly DealProblem[] = [
  'amount-missing',
  'amount-unreadable',
  'currency-unknown',
  'rate-unknown',
];

/** Why there is no amount in the home currency: what the connector found, else what is missing. */
function amountProblem(deal: Deal): DealProblem {
  const found = amountProblems.find((cause) => deal.problems.includes(cause));
  return found ?? (deal.amount === null ? 'amount-missing' : 'rate-unknown');
}

function byCause([left]: readonly [string, number], [right]: readonly [string, number]): number {
  return left < right ? -1 : 1;
}
