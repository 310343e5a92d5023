import { dayNumber } from '../domain/day.ts';
import type { Deal, DealProblem } from '../domain/deal.ts';
import type { Sale } from '../domain/history.ts';
import { shareOf } from './attribute.ts';
import type { HistoryInput } from './history-input.ts';

export type UsableDeals = {
  readonly sales: readonly Sale[];
  /** Won deals left out, each under its first cause: `sales` and these make up all that are theirs. */
  readonly problems: Readonly<Record<string, number>>;
};

type Reading =
  | { readonly status: 'usable'; readonly sale: Sale }
  | { readonly status: 'problem'; readonly cause: DealProblem }
  | { readonly status: 'not-theirs' };

/** The customer's won deals by day, amount and reference; those that cannot be counted by cause. */
export function usableDeals(input: HistoryInput): UsableDeals {
  const sales: Sale[] = [];
  const problems = new Map<string, number>();
  for (const deal of input.deals) {
    if (deal.status !== 'won') continue;
    const reading = readDeal(deal, input);
    if (reading.status === 'usable') sales.push(reading.sale);
    if (reading.status === 'problem')
      problems.set(reading.cause, (problems.get(reading.cause) ?? 0) + 1);
  }
  return {
    sales: sales.sort(bySale),
    problems: Object.fromEntries([...problems].toSorted(byCause)),
  };
}

/** Those of several records as one customer's. */
export function joinUsable(parts: readonly UsableDeals[]): UsableDeals {
  const problems = new Map<string, number>();
  for (const part of parts)
    for (const [cause, count] of Object.entries(part.problems))
      problems.set(cause, (problems.get(cause) ?? 0) + count);
  return {
    sales: parts.flatMap(({ sales }) => sales).sort(bySale),
    problems: Object.fromEntries([...problems].toSorted(byCause)),
  };
}

function readDeal(deal: Deal, input: HistoryInput): Reading {
  const customers = deal.customers ?? [{ id: input.customer.id, primary: true }];
  const amount = deal.homeAmount;
  const minor = shareOf(input.customer.id, amount?.minor ?? 0, customers, input.attribution);
  if (minor === null) return { status: 'not-theirs' };
  const day = dayOf(deal.closedOn);
  if (day === undefined) return { status: 'problem', cause: 'date-missing' };
  if (amount === null) return { status: 'problem', cause: amountProblem(deal) };
  if (amount.currency !== input.homeCurrency) return { status: 'problem', cause: 'rate-unknown' };
  if (!Number.isSafeInteger(amount.minor)) return { status: 'problem', cause: 'amount-unreadable' };
  const due = { dueDay: dayOf(deal.dueOn), paidDay: dayOf(deal.paidOn) };
  const bought = { discountMinor: discountOf(deal, minor), products: deal.products ?? undefined };
  const sale = { day, minor, reference: deal.reference ?? deal.id };
  const foreign = { currency: foreignOf(deal, input.homeCurrency) };
  return { status: 'usable', sale: { ...sale, ...known({ ...due, ...bought, ...foreign }) } };
}

function foreignOf({ amount }: Deal, homeCurrency: string): string | undefined {
  return amount === null || amount.currency === homeCurrency ? undefined : amount.currency;
}

function dayOf(text: string | null): number | undefined {
  return text === null ? undefined : (dayNumber(text) ?? undefined);
}

/** The customer's part of it, at the deal's own rate. */
function discountOf({ discount, amount }: Deal, minor: number): number | undefined {
  if (discount === null || amount === null || discount.currency !== amount.currency)
    return undefined;
  if (amount.minor <= 0 || minor <= 0) return undefined;
  return Math.round((discount.minor * minor) / amount.minor);
}

/** Only what is there: a history is stored. */
function known<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const filled: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const key in parts) {
    const value = parts[key];
    if (isKnown(value)) filled[key] = value;
  }
  return filled;
}

function isKnown<T>(value: T): value is Exclude<T, undefined> {
  return value !== undefined;
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

/** A full order, so that a history does not depend on the order of deals. */
function bySale(left: Sale, right: Sale): number {
  return (
    left.day - right.day || left.minor - right.minor || byText(left.reference, right.reference)
  );
}

function byCause([left]: readonly [string, number], [right]: readonly [string, number]): number {
  return byText(left, right);
}

function byText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
