import { hash } from 'node:crypto';
import type { Deal, DealCustomer, DealProblem, DealStatus } from '../domain/deal.ts';
import type { Money } from '../domain/money.ts';
import type { Columns } from './recordset.ts';

/** Columns that a page writes, as `toDealRow` gives them. */
export const dealColumns: Columns = {
  id: 'text',
  reference: 'text',
  status: 'text',
  amount_minor: 'bigint',
  amount_currency: 'text',
  home_minor: 'bigint',
  home_currency: 'text',
  closed_at: 'timestamptz',
  closed_on: 'date',
  due_on: 'date',
  paid_on: 'date',
  discount_minor: 'bigint',
  products: 'jsonb',
  modified_at: 'timestamptz',
  problems: 'jsonb',
  content: 'text',
};

export function toDealRow(deal: Deal) {
  const facts = toFacts(deal);
  const content = hash('sha1', JSON.stringify(facts), 'base64');
  return { ...facts, modified_at: deal.modifiedAt, content };
}

function toFacts(deal: Deal) {
  return {
    id: deal.id,
    reference: deal.reference,
    status: deal.status,
    amount_minor: deal.amount?.minor ?? null,
    amount_currency: deal.amount?.currency ?? null,
    home_minor: deal.homeAmount?.minor ?? null,
    home_currency: deal.homeAmount?.currency ?? null,
    closed_at: deal.closedAt,
    closed_on: deal.closedOn,
    due_on: deal.dueOn,
    paid_on: deal.paidOn,
    // In the currency of the amount, without which it says nothing.
    discount_minor: deal.amount === null ? null : (deal.discount?.minor ?? null),
    products: deal.products,
    problems: deal.problems,
  };
}

type DealRow = {
  readonly id: string;
  readonly reference: string | null;
  readonly status: DealStatus;
  readonly amount_minor: number | null;
  readonly amount_currency: string | null;
  readonly home_minor: number | null;
  readonly home_currency: string | null;
  readonly closed_at: string | null;
  readonly closed_on: string | null;
  readonly due_on: string | null;
  readonly paid_on: string | null;
  readonly discount_minor: number | null;
  readonly products: readonly string[] | null;
  readonly modified_at: string;
  readonly problems: readonly DealProblem[];
};

/** What `toDeal` needs. */
export const dealFields = [
  'deals.id',
  'deals.reference',
  'deals.status',
  'deals.amount_minor',
  'deals.amount_currency',
  'deals.home_minor',
  'deals.home_currency',
  'deals.closed_at',
  'deals.closed_on',
  'deals.due_on',
  'deals.paid_on',
  'deals.discount_minor',
  'deals.products',
  'deals.modified_at',
  'deals.problems',
] as const;

export function toDeal(row: DealRow, customers: readonly DealCustomer[]): Deal {
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    amount: toMoney(row.amount_minor, row.amount_currency),
    homeAmount: toMoney(row.home_minor, row.home_currency),
    closedAt: row.closed_at,
    closedOn: row.closed_on,
    dueOn: row.due_on,
    paidOn: row.paid_on,
    discount: toMoney(row.discount_minor, row.amount_currency),
    products: row.products,
    modifiedAt: row.modified_at,
    problems: row.problems,
    customers,
  };
}

function toMoney(minor: number | null, currency: string | null): Money | null {
  return minor === null || currency === null ? null : { minor, currency };
}
