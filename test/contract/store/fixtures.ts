import { randomUUID } from 'node:crypto';
import type { Coverage } from '../../../src/domain/coverage.ts';
import type { Customer } from '../../../src/domain/customer.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import type { RecordId } from '../../../src/domain/ids.ts';
import type { PullTask } from '../../../src/domain/pull-task.ts';
import type { Removal } from '../../../src/domain/removal.ts';
import type { Score, Signals } from '../../../src/domain/score.ts';
import type { OpenPull, PageEffect, StoredPage } from '../../../src/store/pull-store.ts';
import type { Store } from '../../../src/store/store.ts';

/** A store under test: `reopen` closes and opens it again, over the same data. */
export type Subject = {
  readonly store: Store;
  readonly reopen: () => Promise<Store>;
  readonly close: () => Promise<void>;
};

/** Gives the store of the moment; each test works on a connection of its own. */
export type GetStore = () => Store;

/** What a CRM tells in which nobody has filled anything. */
export const nothingCovered: Coverage = {
  referrals: false,
  events: false,
  dues: false,
  feedback: false,
  discounts: false,
  products: false,
  birthdays: false,
};

export function newConnection(): string {
  return `c-${randomUUID()}`;
}

export function day(n: number): string {
  return `2026-01-${String(n).padStart(2, '0')}T08:00:00.250Z`;
}

export function aCustomer(id: RecordId, values: Partial<Customer> = {}): Customer {
  return {
    id,
    previousIds: [],
    externalId: `X${id}`,
    email: `${id}@example.com`,
    phone: null,
    name: `Customer ${id}`,
    country: 'GB',
    birthday: '1980-02-29',
    referredBy: null,
    eventsInvited: null,
    eventsAttended: null,
    feedback: null,
    attributes: {},
    optedOut: false,
    createdAt: day(1),
    modifiedAt: day(1),
    held: {},
    ...values,
  };
}

export function aDeal(
  id: RecordId,
  customers: readonly RecordId[] | null,
  values: Partial<Deal> = {},
): Deal {
  return {
    id,
    reference: `INV-${id}`,
    status: 'won',
    amount: { minor: 1234, currency: 'EUR' },
    homeAmount: { minor: 1000, currency: 'GBP' },
    closedAt: day(2),
    closedOn: '2026-01-02',
    dueOn: null,
    paidOn: null,
    discount: null,
    products: null,
    modifiedAt: day(1),
    problems: [],
    customers: customers?.map((customer, at) => ({ id: customer, primary: at === 0 })) ?? null,
    ...values,
  };
}

export function aTask(key: string, values: Partial<PullTask> = {}): PullTask {
  return { key, object: 'customers', kind: 'scan', cursor: '{}', expected: null, ...values };
}

export function aPage(values: Partial<StoredPage> = {}): StoredPage {
  return {
    customers: [],
    deals: [],
    removals: [],
    taskKey: 'none',
    next: null,
    spawned: [],
    ...values,
  };
}

export function archived(object: Removal['object'], id: RecordId): Removal {
  return { object, id, kind: 'archived' };
}

export function aPull(values: Partial<OpenPull> = {}): OpenPull {
  return { mode: 'full', runId: 'run-1', watermark: 'w1', complete: [], tasks: [], ...values };
}

/** Saves pages one after another. */
export async function save(
  store: Store,
  connection: string,
  ...pages: readonly Partial<StoredPage>[]
): Promise<PageEffect> {
  let effect: PageEffect = { customersChanged: 0, dealsChanged: 0, stale: 0 };
  for (const page of pages) effect = await store.pulls.savePage(connection, aPage(page));
  return effect;
}

export async function dirtyIds(store: Store, connection: string): Promise<readonly RecordId[]> {
  const dirty = await store.records.page(connection, { after: null, limit: 1_000, whom: 'dirty' });
  return dirty.map(({ customer }) => customer.id);
}

/** Scores these customers, so that they are no longer dirty. */
export async function clean(store: Store, connection: string): Promise<void> {
  const ids = await dirtyIds(store, connection);
  await store.scores.save(
    connection,
    'run-0',
    ids.map((id) => aScore(id)),
  );
}

/** Each live customer with its deals and whom those are shared with. */
export async function world(store: Store, connection: string) {
  return store.records.page(connection, { after: null, limit: 1_000, whom: 'all' });
}

export async function dealsOf(store: Store, connection: string, id: RecordId) {
  const [found] = await store.records.byIds(connection, [id]);
  return found?.deals ?? null;
}

export function signalsOf(customerId: RecordId): Signals {
  return {
    customerId,
    asOf: '2026-02-01',
    currency: 'GBP',
    windowFrom: '2024-02-01',
    orders: 1,
    ordersInWindow: 1,
    firstOrderOn: '2026-01-02',
    lastOrderOn: '2026-01-02',
    daysSinceLastOrder: 30,
    netInWindow: 1000,
    netEver: 1000,
    refundedEver: 0,
    largestOrder: { on: '2026-01-02', minor: 1000, deals: ['INV-1'] },
    medianGapDays: null,
    gapSpreadDays: null,
    monthsSinceFirst: 1,
    monthsWithOrder: 1,
    duesKnown: 0,
    duesOnTime: 0,
    overdueDays: 0,
    referrals: null,
    referralsBought: null,
    eventsInvited: null,
    eventsAttended: null,
    problems: {},
  };
}

export function aScore(customerId: RecordId, values: Partial<Score> = {}): Score {
  const part = { code: 'spend.net', points: 40, of: 60, facts: { z: 1, amount: '10.00' } };
  return {
    customerId,
    asOf: '2026-02-01',
    policyVersion: 'p1',
    optedOut: false,
    signals: signalsOf(customerId),
    rfm: { recency: 3, frequency: 2, monetary: 1 },
    value: { score: 40, parts: [part], unknown: ['credit'], confidence: 0.75 },
    loyalty: null,
    credit: null,
    tier: 'gold',
    grade: null,
    standing: null,
    held: null,
    wayUp: null,
    fall: null,
    classes: {},
    activity: null,
    stability: null,
    standards: null,
    points: null,
    eligibility: null,
    prediction: null,
    prospect: null,
    nextOrderOn: null,
    quality: { completeness: 100, problems: [] },
    netAmount: { minor: 1000, currency: 'GBP' },
    nextChangeOn: null,
    ...values,
  };
}

export function aHistory(
  customerId: RecordId,
  values: Partial<CustomerHistory> = {},
): CustomerHistory {
  return {
    customerId,
    currency: 'GBP',
    sales: [{ day: 20_000, minor: 1000, reference: 'INV-1' }],
    problems: {},
    createdOn: '2026-01-01',
    birthMonth: 2,
    referrals: null,
    referralsBought: null,
    eventsInvited: null,
    eventsAttended: null,
    feedback: null,
    attributes: { country: 'GB' },
    quality: { completeness: 100, problems: [] },
    named: null,
    overrides: [],
    optedOut: false,
    ...values,
  };
}
