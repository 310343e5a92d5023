import { expect, it } from 'vitest';
import type { Connector } from '../../src/connector/connector.ts';
import type { Deal } from '../../src/domain/deal.ts';
import type { OwnWrites } from '../../src/domain/own-writes.ts';
import type { Given } from './connector.contract.ts';
import { sampleChanges, sampleRequest } from './provision-samples.ts';
import { deltaAfter, fullPull, idsOf, pullAll } from './pull-all.ts';

const signal = new AbortController().signal;

function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`There is no value ${index}`);
  return value;
}

async function writeAll(
  connector: Connector,
  ids: readonly string[],
  marker: string,
): Promise<OwnWrites> {
  await connector.provision(sampleRequest, signal);
  const receipts = await connector.applyBatch(sampleChanges(ids.slice(0, 100)), marker, signal);
  const times = receipts.flatMap((receipt) =>
    receipt.outcome === 'applied' && receipt.modifiedAt !== null ? [receipt.modifiedAt] : [],
  );
  const [firstAt, lastAt] = [at(times.toSorted(), 0), at(times.toSorted(), times.length - 1)];
  return { marker, firstAt, lastAt, count: receipts.length };
}

/** Two customers that each have a deal. */
function twoBuyers(deals: readonly Deal[]): readonly [string, string] {
  const buyers = new Set(deals.flatMap(({ customers }) => (customers ?? []).map(({ id }) => id)));
  const [one, other] = [...buyers];
  if (one === undefined || other === undefined) throw new RangeError('Too few have bought');
  return [one, other];
}

export function lawsOfChanges(given: Given): void {
  it('nothing changed, nothing comes, in six calls at most', async () => {
    const connector = given().open();
    const full = await pullAll(() => connector, fullPull);
    given().settle();
    const before = given().calls();
    const delta = await pullAll(() => connector, deltaAfter(full));
    expect(delta.plan.mode).toBe('delta');
    expect([...delta.customers, ...delta.deals, ...delta.removals]).toEqual([]);
    expect(given().calls() - before).toBeLessThanOrEqual(6);
  });

  it('a delta yields what changed and only that', async () => {
    const connector = given().open();
    const full = await pullAll(() => connector, fullPull);
    given().settle();
    const customers = [at(full.customers, 3).id, at(full.customers, 40).id].toSorted();
    const deal = at(full.deals, 7);
    for (const id of customers) await given().edit('customers', id);
    await given().edit('deals', deal.id);
    given().settle();
    const delta = await pullAll(() => connector, deltaAfter(full));
    expect(idsOf(delta.customers)).toEqual(customers);
    expect(idsOf(delta.deals)).toEqual([deal.id]);
    expect(at(delta.deals, 0).customers).toEqual(deal.customers);
  });

  it('a change is yielded once, not again by the delta after', async () => {
    const connector = given().open();
    const full = await pullAll(() => connector, fullPull);
    given().settle();
    await given().edit('customers', at(full.customers, 0).id);
    given().settle();
    const first = await pullAll(() => connector, deltaAfter(full));
    given().settle();
    const request = { ...deltaAfter(full), watermark: first.plan.watermark };
    const second = await pullAll(() => connector, request);
    expect([first.customers.length, second.customers.length]).toEqual([1, 0]);
  });

  it('own writes do not come back, a person’s edit of the same record does', async () => {
    const connector = given().open();
    const full = await pullAll(() => connector, fullPull);
    given().settle();
    const ids = full.customers.map(({ id }) => id);
    const ownWrites = [await writeAll(connector, ids, 'run1')];
    given().settle();
    const idle = await pullAll(() => connector, deltaAfter(full, { ownWrites }));
    expect(idsOf(idle.customers)).toEqual([]);
    await given().edit('customers', at(ids, 0));
    given().settle();
    const request = deltaAfter(full, { ownWrites, watermark: idle.plan.watermark });
    const after = await pullAll(() => connector, request);
    expect(idsOf(after.customers)).toEqual([at(ids, 0)]);
  });

  it('archived records are reported, whichever object they are', async () => {
    const connector = given().open();
    const full = await pullAll(() => connector, fullPull);
    given().settle();
    const [customer, deal] = [at(full.customers, 11).id, at(full.deals, 12).id];
    await given().archive('customers', customer);
    await given().archive('deals', deal);
    given().settle();
    const { removals } = await pullAll(() => connector, deltaAfter(full));
    expect(removals).toEqual(
      expect.arrayContaining([
        { object: 'customers', id: customer, kind: 'archived' },
        { object: 'deals', id: deal, kind: 'archived' },
      ]),
    );
    expect(removals).toHaveLength(2);
  });

  it('after a merge all deals are of the record it became, and the old id is gone', async () => {
    const connector = given().open();
    const full = await pullAll(() => connector, fullPull);
    given().settle();
    const [one, other] = twoBuyers(full.deals);
    given().stores(full.deals);
    const into = await given().merge(one, other);
    given().settle();
    const delta = await pullAll(() => connector, deltaAfter(full));
    const gone = [one, other].filter((id) => id !== into);
    for (const id of gone)
      expect(delta.removals).toContainEqual(expect.objectContaining({ object: 'customers', id }));
    const links = new Map([...full.deals, ...delta.deals].map((deal) => [deal.id, deal.customers]));
    const alias = (id: string) =>
      delta.removals.find((removal) => removal.id === id && removal.kind === 'merged')?.into ?? id;
    for (const deal of full.deals) {
      const before = (deal.customers ?? []).map(({ id }) => id);
      if (!before.includes(one) && !before.includes(other)) continue;
      expect((links.get(deal.id) ?? []).map(({ id }) => alias(id))).toContain(into);
    }
  });
}

/** Of a CRM where a merged record names what it was made of. */
export function lawsOfMerges(given: Given): void {
  it('a merge leads both old ids to the record they became', async () => {
    const connector = given().open();
    const full = await pullAll(() => connector, fullPull);
    given().settle();
    const [one, other] = [at(full.customers, 20).id, at(full.customers, 21).id];
    const into = await given().merge(one, other);
    given().settle();
    const delta = await pullAll(() => connector, deltaAfter(full));
    expect(idsOf(delta.customers)).toEqual([into]);
    expect(at(delta.customers, 0).previousIds).toEqual(expect.arrayContaining([one, other]));
    for (const id of [one, other])
      expect(delta.removals).toContainEqual({ object: 'customers', id, kind: 'merged', into });
  });
}
