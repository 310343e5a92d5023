import { describe, expect, it } from 'vitest';
import type { Score } from '../../../src/domain/score.ts';
import type { CutPoints } from '../../../src/policy/cut-points.ts';
import {
  aCustomer,
  aHistory,
  aScore,
  day,
  dirtyIds,
  type GetStore,
  newConnection,
  nothingCovered,
  save,
} from './fixtures.ts';

export const cuts: CutPoints = {
  policyVersion: 'p1',
  cutsVersion: 'c1',
  foundOn: '2026-02-01',
  currency: 'GBP',
  coverage: nothingCovered,
  base: 3,
  recencyDays: [10, 20, 30, 40],
  frequency: [1, 2, 3, 4],
  monetary: [100, 200, 300, 400],
  spend: [1, 2],
  tiers: [{ key: 'gold', from: 80 }],
  fixed: [],
  keyAccounts: null,
  quadrant: { value: 60, loyalty: 60 },
  forecast: null,
  prospects: null,
};

/** Histories, scores, cut points and the hash. */
export function describeScores(get: GetStore): void {
  describe('scores', () => {
    it('come back as they were saved, facts in their order, and clear the dirty mark', async () => {
      const c = newConnection();
      await save(get(), c, { customers: ['1', '2'].map((id) => aCustomer(id)) });
      const score = aScore('1');
      await get().scores.save(c, 'run-1', [score]);
      expect(JSON.stringify(await get().scores.byId(c, '1'))).toBe(JSON.stringify(score));
      expect(await dirtyIds(get(), c)).toEqual(['2']);
      expect(await get().scores.byId(c, '2')).toBeNull();
    });

    it('page beside what the CRM holds and the lists the customer is on', async () => {
      const c = newConnection();
      await save(get(), c, {
        customers: [aCustomer('1', { held: { value_tier: 'bronze' } }), aCustomer('2')],
      });
      await get().scores.save(c, 'run-1', [aScore('1'), aScore('2')]);
      await get().scores.save(c, 'run-2', [aScore('2', { tier: null })]);
      await get().lists.replaceMembers(c, 'best', members(['1']));
      const all = { after: null, limit: 10 };
      expect(await get().scores.page(c, all)).toEqual([
        { score: aScore('1'), held: { value_tier: 'bronze' }, lists: ['best'] },
        { score: aScore('2', { tier: null }), held: {}, lists: [] },
      ]);
      expect(await get().scores.page(c, { ...all, after: '1' })).toHaveLength(1);
      expect(await get().scores.tiers(c)).toEqual({ gold: 1, none: 1 });
    });

    it('are unplanned until a plan is finished, whichever run made them', async () => {
      const c = newConnection();
      await save(get(), c, { customers: ['1', '2', '3'].map((id) => aCustomer(id)) });
      const unplanned = async () => {
        const rows = await get().scores.page(c, { after: null, limit: 10, unplanned: true });
        return rows.map(({ score }) => score.customerId);
      };
      await get().scores.save(c, 'run-1', [aScore('1')]);
      await get().scores.save(c, 'run-2', [aScore('2')]);
      expect(await unplanned()).toEqual(['1', '2']);
      const id = `plan-of-${c}`;
      const plan = { id, connection: c, runId: 'run-2', createdAt: day(1), asOf: '2026-01-01' };
      await get().plans.create(plan);
      expect(await unplanned()).toEqual(['1', '2']);
      await get().plans.finish(id, {
        customers: 2,
        changes: 0,
        changesByPriority: {},
        changesByField: {},
        tierMoves: [],
        lists: [],
        cost: { calls: 0, spends: 0, unit: 'calls', quotaShare: null, days: null, route: null },
        warnings: [],
      });
      expect(await unplanned()).toEqual([]);
      await get().scores.save(c, 'run-3', [aScore('3')]);
      expect(await unplanned()).toEqual(['3']);
    });

    it('new cut points leave everybody to be scored by them', async () => {
      const c = newConnection();
      await save(get(), c, { customers: ['1', '2'].map((id) => aCustomer(id)) });
      await get().scores.save(c, 'run-1', [aScore('1'), aScore('2')]);
      expect(await dirtyIds(get(), c)).toEqual([]);
      await get().scores.saveCutPoints(c, 'run-2', cuts);
      await get().scores.save(c, 'run-2', [aScore('1')]);
      expect(await dirtyIds(get(), c)).toEqual(['2']);
    });

    it('have a state: how many, the oldest and newest day, the policies in use', async () => {
      const c = newConnection();
      expect(await get().scores.state(c)).toEqual({
        scored: 0,
        oldestAsOf: null,
        newestAsOf: null,
        policyVersions: [],
      });
      await get().scores.save(c, 'r', [
        aScore('1'),
        aScore('2', { asOf: '2025-12-31', policyVersion: 'p0' }),
      ]);
      expect(await get().scores.state(c)).toEqual({
        scored: 2,
        oldestAsOf: '2025-12-31',
        newestAsOf: '2026-02-01',
        policyVersions: ['p0', 'p1'],
      });
    });

    it('rest on histories and cut points that are kept', async () => {
      const c = newConnection();
      expect(await get().scores.cutPoints(c)).toBeNull();
      await get().scores.saveCutPoints(c, 'r1', { ...cuts, base: 1 });
      await get().scores.saveCutPoints(c, 'r2', cuts);
      expect(await get().scores.cutPoints(c)).toEqual(cuts);
      const again = aHistory('2', { feedback: 5 });
      await get().scores.saveHistories(c, [aHistory('2'), aHistory('1')]);
      await get().scores.saveHistories(c, [again]);
      const all = { after: null, limit: 9 };
      expect(await get().scores.histories(c, all)).toEqual([aHistory('1'), again]);
      expect(await get().scores.histories(c, { ...all, after: '1' })).toHaveLength(1);
    });

    it('say whom time alone may have changed, beside the dirty', async () => {
      const c = newConnection();
      await save(get(), c, { customers: ['1', '2', '3', '4'].map((id) => aCustomer(id)) });
      await get().scores.save(c, 'r', [
        aScore('1', { nextChangeOn: '2026-02-10' }),
        aScore('2', { nextChangeOn: '2026-02-11' }),
        aScore('3'),
      ]);
      const due = async (dueOn: string, after: string | null = null) => {
        const rows = await get().records.page(c, { after, limit: 10, whom: { dueOn } });
        return rows.map(({ customer }) => customer.id);
      };
      expect(await due('2026-02-09')).toEqual(['4']);
      expect(await due('2026-02-10')).toEqual(['1', '4']);
      expect(await due('2026-03-01')).toEqual(['1', '2', '4']);
      expect(await due('2026-03-01', '1')).toEqual(['2', '4']);
      await get().scores.save(c, 'r', [aScore('1')]);
      expect(await due('2026-03-01')).toEqual(['2', '4']);
    });

    it('hand on what holds a tier still', async () => {
      const c = newConnection();
      await save(get(), c, { customers: ['1', '2'].map((id) => aCustomer(id)) });
      const standing = { tier: 'gold', since: '2026-01-05', before: 'silver', belowSince: null };
      await get().scores.save(c, 'r', [aScore('1', { standing }), aScore('2')]);
      await get().plans.countAsPlanned(c, ['r']);
      expect(await get().scores.standings(c, ['1', '2', '3'])).toEqual(new Map([['1', standing]]));
      expect(await get().scores.standings(c, [])).toEqual(new Map());
    });

    it('name policies that can be read back, as they were first used', async () => {
      const version = newConnection();
      const policy = { version, content: { windowMonths: 12 }, firstUsedAt: day(3) };
      expect(await get().scores.policy(version)).toBeNull();
      await get().scores.savePolicy(policy);
      await get().scores.savePolicy({ version, content: { windowMonths: 6 }, firstUsedAt: day(4) });
      expect(await get().scores.policy(version)).toEqual(policy);
    });
  });

  describe('the hash over all scores', () => {
    const hashOf = async (ids: readonly string[], tier = 'gold') => {
      const c = newConnection();
      const customers = ids.map((id, at) => aCustomer(id, { externalId: `ext-${at}` }));
      await save(get(), c, { customers });
      await get().scores.save(
        c,
        'r',
        ids.map((id, at) => aScore(id, at === 0 ? { tier, asOf: `2026-02-0${at + 1}` } : {})),
      );
      return get().scores.hash(c);
    };

    it('is the same whatever the record ids', async () => {
      expect(await hashOf(['1', '2', '3'])).toBe(await hashOf(['x', 'c', 'm']));
    });

    it('differs when one tier does', async () => {
      expect(await hashOf(['1', '2'])).not.toBe(await hashOf(['1', '2'], 'silver'));
    });

    it('differs when one class does, and not with the order of families', async () => {
      const found = { key: 'star', since: null, code: 'x', facts: {} };
      const other = { ...found, key: 'rising' };
      const hashed = async (classes: Score['classes']) => {
        const c = newConnection();
        await save(get(), c, { customers: [aCustomer('1', { externalId: 'ext' })] });
        await get().scores.save(c, 'r', [aScore('1', { classes })]);
        return get().scores.hash(c);
      };
      const both = await hashed({ quadrant: found, trend: other });
      expect(await hashed({ trend: other, quadrant: found })).toBe(both);
      expect(await hashed({ quadrant: found })).not.toBe(both);
    });

    it('is SHA-256 of nothing without scores', async () => {
      const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
      expect(await get().scores.hash(newConnection())).toBe(nothing);
    });
  });
}

export async function* members(...pages: readonly (readonly string[])[]) {
  yield* pages;
}
