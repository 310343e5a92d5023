import { describe, expect, it } from 'vitest';
import type { Sight } from '../../../src/domain/baseline.ts';
import type { Change } from '../../../src/domain/change.ts';
import type { PlanStatus } from '../../../src/domain/plan.ts';
import {
  aCustomer,
  aDeal,
  aPull,
  archived,
  aScore,
  day,
  type GetStore,
  newConnection,
  save,
} from './fixtures.ts';

export const sight: Sight = {
  customers: 3,
  wonDeals: 2,
  wonMinor: 2_500,
  homeCurrency: 'GBP',
  wonByCurrency: { EUR: 1_500, GBP: 1_000 },
  completeness: 0.75,
};

/** What the brake looks at, and what it compares with. */
export function describeBaselines(get: GetStore): void {
  const aPlan = async (connection: string, at: number, status: PlanStatus, beside = false) => {
    const id = `plan-${connection}-${at}`;
    const of = { id, connection, runId: `run-${at}`, asOf: '2026-01-09' };
    await get().plans.create({ ...of, createdAt: day(at), beside });
    await get().plans.setStatus(id, status);
    return of;
  };

  describe('the sight of a connection', () => {
    it('is its live customers and won deals, by the currency they were made in', async () => {
      const c = newConnection();
      await save(get(), c, {
        customers: ['1', '2', '3'].map((id) => aCustomer(id)),
        deals: [
          aDeal('a', ['1'], { homeAmount: { minor: 1_500, currency: 'GBP' } }),
          aDeal('b', null, { amount: { minor: 1_000, currency: 'GBP' } }),
          aDeal('lost', ['1'], { status: 'lost' }),
          aDeal('gone', ['2']),
          aDeal('bare', ['2'], { amount: null, homeAmount: null }),
        ],
      });
      await save(get(), c, { removals: [archived('deals', 'gone'), archived('customers', '3')] });
      expect(await get().baselines.look(c)).toEqual({
        customers: 2,
        wonDeals: 3,
        wonMinor: 2_500,
        homeCurrency: null,
        wonByCurrency: { EUR: 1_500, GBP: 1_000 },
        completeness: null,
      });
    });

    it('knows the account’s currency and how complete records are', async () => {
      const c = newConnection();
      await get().connections.bind(c, { crm: 'hubspot', accountId: c, subject: 'contact' });
      await get().identities.saveAccount(c, { currency: 'GBP', timeZone: 'Europe/London' });
      await save(get(), c, { customers: ['1', '2', '3'].map((id) => aCustomer(id)) });
      const at = (id: string, completeness: number, optedOut = false) =>
        aScore(id, { optedOut, quality: { completeness, problems: [] } });
      await get().scores.save(c, 'run-1', [at('1', 100), at('2', 50), at('3', 0, true)]);
      expect(await get().baselines.look(c)).toMatchObject({
        homeCurrency: 'GBP',
        completeness: 0.75,
      });
    });

    it('of a connection with nothing is nothing', async () => {
      expect(await get().baselines.look(newConnection())).toEqual({
        customers: 0,
        wonDeals: 0,
        wonMinor: 0,
        homeCurrency: null,
        wonByCurrency: {},
        completeness: null,
      });
    });
  });

  it('tiers are counted as the CRM shows them, with the net amounts of the scores', async () => {
    const c = newConnection();
    const held = (id: string, tier: string | null) =>
      aCustomer(id, { held: { value_tier: tier, reason: 'r' } });
    await save(get(), c, {
      customers: [held('1', 'gold'), held('2', 'gold'), held('3', 'silver'), held('4', null)],
    });
    await save(get(), c, {
      customers: [held('5', 'gold')],
      removals: [archived('customers', '5')],
    });
    const net = (id: string, minor: number) =>
      aScore(id, { tier: 'bronze', netAmount: { minor, currency: 'GBP' } });
    await get().scores.save(c, 'run-1', [net('1', 700), net('2', -300), net('4', 9_000)]);
    expect(await get().baselines.heldTiers(c)).toEqual([
      { tier: 'gold', customers: 2, netMinor: 700 },
      { tier: 'silver', customers: 1, netMinor: 0 },
    ]);
  });

  describe('the baseline', () => {
    it('is what the newest applied plan of a run was made from', async () => {
      const c = newConnection();
      expect(await get().baselines.last(c)).toBeNull();
      const first = await aPlan(c, 1, 'applied');
      await get().baselines.keep(first, sight);
      const held = await aPlan(c, 2, 'held');
      await get().baselines.keep(held, { ...sight, customers: 1 });
      await aPlan(c, 3, 'applied', true);
      const { id: planId, runId, asOf } = first;
      expect(await get().baselines.last(c)).toEqual({ planId, runId, asOf, ...sight });
      await get().plans.setStatus(held.id, 'applied');
      expect(await get().baselines.last(c)).toMatchObject({ planId: held.id, customers: 1 });
    });

    it('is kept anew when the same plan is looked at again, and may know little', async () => {
      const c = newConnection();
      const plan = await aPlan(c, 1, 'applied');
      const little = { homeCurrency: null, wonByCurrency: {}, completeness: null };
      await get().baselines.keep(plan, sight);
      await get().baselines.keep(plan, { ...sight, ...little });
      expect(await get().baselines.last(c)).toMatchObject(little);
    });

    it('outlives what is old, whatever waits after it', async () => {
      const c = newConnection();
      const older = await aPlan(c, 1, 'applied');
      const last = await aPlan(c, 2, 'applied');
      for (const plan of [older, last]) await get().baselines.keep(plan, sight);
      await aPlan(c, 9, 'held');
      const since = { before: day(8), idleBefore: day(8) };
      await get().retention.forget(c, since, new AbortController().signal);
      expect((await get().baselines.last(c))?.planId).toBe(last.id);
      expect(await get().plans.byId(older.id)).toBeNull();
    });
  });

  describe('what a complete listing leaves out', () => {
    const listed = async (complete: readonly ('customers' | 'deals')[]) => {
      const c = newConnection();
      await save(get(), c, {
        customers: ['1', '2', '3'].map((id) => aCustomer(id)),
        deals: [aDeal('d', ['1']), aDeal('e', ['3'])],
      });
      await get().pulls.begin(c, aPull({ complete }));
      await save(get(), c, { customers: [aCustomer('1'), aCustomer('4')] });
      await save(get(), c, { removals: [archived('customers', '2')] });
      return c;
    };

    it('is counted before it is taken, by object', async () => {
      const c = await listed(['customers', 'deals']);
      expect(await get().pulls.unlisted(c)).toEqual({
        customers: { stored: 3, missing: 1 },
        deals: { stored: 2, missing: 2 },
      });
      expect(await get().pulls.finish(c)).toEqual({ removed: 3 });
    });

    it('is nothing of an object that is not listed completely, nor without a pull', async () => {
      const c = await listed(['deals']);
      expect((await get().pulls.unlisted(c)).customers).toEqual({ stored: 3, missing: 0 });
      await get().pulls.abandon(c);
      expect((await get().pulls.unlisted(c)).deals).toEqual({ stored: 2, missing: 0 });
      const nothing = { stored: 0, missing: 0 };
      const none = await get().pulls.unlisted(newConnection());
      expect(none).toEqual({ customers: nothing, deals: nothing });
    });

    it('is told in the log with who took it, in the same transaction', async () => {
      const c = await listed(['deals']);
      const fact = {
        kind: 'source.allowed',
        connection: c,
        actor: 'ann',
        at: day(3),
        facts: { guards: ['source-empty'] },
        detail: { customers: [], content: { why: 'moved' } },
      } as const;
      await get().pulls.finish(c, fact);
      const rows = await get().audit.stored(c, { after: 0, limit: 9 });
      expect(rows).toMatchObject([{ actor: 'ann', kind: 'source.allowed' }]);
    });
  });

  it('a plan newer than another is asked for the customers both would write to', async () => {
    const c = newConnection();
    const older = await aPlan(c, 1, 'applying');
    const newer = await aPlan(c, 2, 'applied', true);
    const fields = [{ key: 'value_tier', from: null, to: 'gold' }] as const;
    const change = (seq: number, customerId: string): Change => {
      return { seq, customerId, priority: 'tier', fields };
    };
    await get().plans.addChanges(older.id, [change(0, '1'), change(1, '2')]);
    await get().plans.addChanges(newer.id, [change(0, '2'), change(1, '3')]);
    const since = (id: string) => get().plans.comparedSince(c, id, ['1', '2']);
    expect(await since(older.id)).toEqual(['2']);
    expect(await since(newer.id)).toEqual([]);
  });
}
