import { expect, it } from 'vitest';
import type { Given } from './connector.contract.ts';
import { fullPull, idsOf, pullAll } from './pull-all.ts';

export function lawsOfPulling(given: Given): void {
  it('a full pull yields every live record exactly once', async () => {
    const connector = given().open();
    const pulled = await pullAll(() => connector, fullPull);
    expect(idsOf(pulled.customers)).toEqual(given().liveIds('customers').toSorted());
    expect(idsOf(pulled.deals)).toEqual(given().liveIds('deals').toSorted());
    expect(pulled.plan.complete.toSorted()).toEqual(['customers', 'deals']);
  });

  it('a pull goes on from any cursor in a new process', async () => {
    const whole = given().open();
    const once = await pullAll(() => whole, fullPull);
    const resumed = await pullAll(() => given().open(), fullPull);
    expect(idsOf(resumed.customers)).toEqual(idsOf(once.customers));
    expect(idsOf(resumed.deals)).toEqual(idsOf(once.deals));
  });

  it('the same page read again is the same page', async () => {
    const connector = given().open();
    const signal = new AbortController().signal;
    const { tasks } = await connector.planPull(fullPull, signal);
    for (const task of tasks) {
      const [first, second] = [
        await connector.pullPage(task, signal),
        await connector.pullPage(task, signal),
      ];
      expect({ ...second, next: null }).toEqual({ ...first, next: null });
      // A token for the page after may be a new one each time.
      expect(second.next === null).toBe(first.next === null);
    }
  });

  it('every deal names its customers, and only live ones', async () => {
    const connector = given().open();
    const { deals } = await pullAll(() => connector, fullPull);
    const live = new Set(given().liveIds('customers'));
    expect(deals.filter(({ customers }) => customers === null)).toEqual([]);
    const named = deals.flatMap(({ customers }) => customers ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ id }) => !live.has(id))).toEqual([]);
  });

  it('an aborted pull makes no further call', async () => {
    const connector = given().open();
    const stop = new AbortController();
    const { tasks } = await connector.planPull(fullPull, stop.signal);
    const before = given().calls();
    const running = Promise.all(tasks.map((task) => connector.pullPage(task, stop.signal)));
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    expect(given().calls() - before).toBeLessThanOrEqual(tasks.length);
    await expect(pullAll(() => connector, fullPull, stop.signal)).rejects.toThrow('stopped');
  });

  it('usage counts the calls that the CRM saw', async () => {
    const connector = given().open();
    await pullAll(() => connector, fullPull);
    expect(connector.usage().total).toBe(given().calls());
    expect(connector.usage().tooMany).toBe(0);
  });
}
