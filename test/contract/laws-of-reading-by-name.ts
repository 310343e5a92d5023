import { expect, it } from 'vitest';
import type { Given } from './connector.contract.ts';
import { fullPull, idsOf, pullAll } from './pull-all.ts';

const signal = new AbortController().signal;
const nobody = { customers: [], deals: [] };

export function lawsOfReadingByName(given: Given): void {
  it('a deal comes with its customers, as a full pull has them', async () => {
    const connector = given().open();
    const full = await pullAll(() => connector, fullPull);
    const deal = full.deals.find(({ customers }) => (customers ?? []).length > 0);
    if (deal === undefined) throw new Error('No deal has a customer');
    const page = await connector.readRecords({ ...nobody, deals: [deal.id] }, signal);
    expect(page.deals.map(({ id, customers }) => ({ id, customers }))).toEqual([
      { id: deal.id, customers: deal.customers },
    ]);
    const theirs = (deal.customers ?? []).map(({ id }) => id);
    const known = full.customers.filter(({ id }) => theirs.includes(id));
    expect(page.customers.toSorted(byId)).toEqual(known.toSorted(byId));
    expect(page).toMatchObject({ removals: [], next: null, spawned: [] });
  });

  it('a customer comes with all its deals', async () => {
    const connector = given().open();
    const full = await pullAll(() => connector, fullPull);
    given().stores(full.deals);
    const buyer = full.customers.find(({ id }) => dealsOf(full.deals, id).length > 1);
    if (buyer === undefined) throw new Error('Nobody has two deals');
    const page = await connector.readRecords({ ...nobody, customers: [buyer.id] }, signal);
    expect(page.customers).toEqual([buyer]);
    expect(page.deals.map(({ id }) => id).toSorted()).toEqual(dealsOf(full.deals, buyer.id));
  });

  it('what changed is there at once, before any index shows it', async () => {
    const connector = given().open();
    const [customer = ''] = given().liveIds('customers');
    const before = await connector.readRecords({ ...nobody, customers: [customer] }, signal);
    await given().edit('customers', customer);
    const after = await connector.readRecords({ ...nobody, customers: [customer] }, signal);
    expect(after.customers).toHaveLength(1);
    expect(after.customers).not.toEqual(before.customers);
  });

  it('who is gone comes as a removal', async () => {
    const connector = given().open();
    const [customer = ''] = given().liveIds('customers');
    const [deal = ''] = given().liveIds('deals');
    await given().archive('customers', customer);
    await given().archive('deals', deal);
    const page = await connector.readRecords({ customers: [customer], deals: [deal] }, signal);
    expect(idsOf(page.customers)).not.toContain(customer);
    expect(idsOf(page.deals)).not.toContain(deal);
    expect(page.removals).toEqual(
      expect.arrayContaining([
        { object: 'customers', id: customer, kind: 'archived' },
        { object: 'deals', id: deal, kind: 'archived' },
      ]),
    );
  });

  it('after a merge the deals of both are of the record they became', async () => {
    const connector = given().open();
    const full = await pullAll(() => connector, fullPull);
    given().stores(full.deals);
    const [one = '', other = ''] = full.customers
      .filter(({ id }) => dealsOf(full.deals, id).length > 0)
      .map(({ id }) => id);
    const into = await given().merge(one, other);
    const page = await connector.readRecords({ ...nobody, customers: [one, other] }, signal);
    const expected = [...dealsOf(full.deals, one), ...dealsOf(full.deals, other)];
    expect(idsOf(page.customers)).toContain(into);
    expect(page.deals.map(({ id }) => id)).toEqual(expect.arrayContaining([...new Set(expected)]));
    for (const id of [one, other].filter((each) => each !== into))
      expect(page.removals).toContainEqual(expect.objectContaining({ object: 'customers', id }));
  });

  it('a hundred records take few calls, and none take none', async () => {
    const connector = given().open();
    await connector.account(signal);
    await connector.readRecords({ ...nobody, deals: given().liveIds('deals').slice(0, 1) }, signal);
    const before = given().calls();
    await connector.readRecords(nobody, signal);
    expect(given().calls()).toBe(before);
  });
}

function dealsOf(
  deals: readonly { readonly id: string; readonly customers: readonly { id: string }[] | null }[],
  customer: string,
): readonly string[] {
  return deals
    .filter(({ customers }) => (customers ?? []).some(({ id }) => id === customer))
    .map(({ id }) => id)
    .toSorted();
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
