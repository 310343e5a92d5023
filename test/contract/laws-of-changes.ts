import { expect, it } from 'vitest';
import type { Connector } from '../../src/connector/connector.ts';
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
