import { beforeEach, describe, expect, it } from 'vitest';
import type { Standing } from '../../../src/domain/result.ts';
import { aCustomer, aPull, aScore, day, type GetStore, newConnection, save } from './fixtures.ts';
import { cuts } from './scores.ts';

const summary = {
  ...{ customers: 0, changes: 0, changesByPriority: {}, changesByField: {}, tierMoves: [] },
  ...{ lists: [], warnings: [] },
  cost: { calls: 0, spends: 0, unit: 'calls', quotaShare: null, days: null, route: null },
} as const;

function inTier(tier: string): Standing {
  return { tier, since: '2026-01-01', before: null, belowSince: null };
}

/** What holds a tier still goes on from what the CRM shows. */
export function describeSettledRuns(get: GetStore): void {
  describe('what holds a tier still', () => {
    let c: string;
    let made = 0;

    beforeEach(async () => {
      c = newConnection();
      await save(get(), c, { customers: [aCustomer('1')] });
    });

    const tierNow = async () => (await get().scores.standings(c, ['1'])).get('1')?.tier ?? null;
    const score = async (run: string, tier: string) =>
      await get().scores.save(c, run, [aScore('1', { tier, standing: inTier(tier) })]);
    const plan = async (run: string, kind: 'scores' | 'rollback' = 'scores') => {
      made += 1;
      const id = `settled-${made}-${c}`;
      const about = { createdAt: day(made), asOf: '2026-01-01', kind };
      await get().plans.create({ id, connection: c, runId: run, ...about });
      return id;
    };
    const applied = async (run: string) => {
      const id = await plan(run);
      await get().plans.finish(id, summary);
      await change(id);
      await get().plans.setStatus(id, 'applied');
      return id;
    };
    const change = async (id: string) => {
      const fields = [{ key: 'value_tier', from: null, to: 'gold' }] as const;
      const change = { seq: 0, customerId: '1', priority: 'tier', fields } as const;
      await get().plans.addChanges(id, [change]);
      const receipt = { seq: 0, outcome: 'applied', modifiedAt: null } as const;
      await get().plans.saveReceipts(c, id, id, [receipt]);
    };
    const planned = async (plans: readonly string[], isEmpty = false) => {
      const id = await plan('rb', 'rollback');
      const told = { actor: 'ann', at: day(9) };
      await get().rollbacks.finish(id, {
        scope: { kind: 'plans', connection: c, plans },
        ...{ summary, of: { run: 'r' } },
        ending: { status: 'ready', holds: [], decision: null, digest: null, moves: [], told },
        stop: isEmpty ? null : { connection: c, at: day(9), by: 'ann', why: 'wrong' },
      });
      return id;
    };
    const rollBack = async (...plans: readonly string[]) => {
      const id = await planned(plans);
      await change(id);
      await get().plans.setStatus(id, 'applied');
      return id;
    };

    it('is what a plan wrote, and not what was only scored', async () => {
      await score('r1', 'silver');
      expect(await tierNow()).toBeNull();
      await applied('r1');
      expect(await tierNow()).toBe('silver');
      await score('r2', 'gold');
      await score('r3', 'platinum');
      expect(await tierNow()).toBe('silver');
      await applied('r3');
      expect(await tierNow()).toBe('platinum');
    });

    it('is what it was before a rejected plan, whose cut points are no more', async () => {
      const found = (base: number) => ({ ...cuts, base });
      await get().scores.saveCutPoints(c, 'r1', found(1));
      await score('r1', 'silver');
      await applied('r1');
      await get().scores.saveCutPoints(c, 'r2', found(2));
      await score('r2', 'gold');
      const id = await plan('r2');
      const told = { actor: 'ann', at: day(9) };
      const holds = [{ by: 'tier-customers', because: 'all of them' }] as const;
      const ending = {
        status: 'held',
        holds,
        decision: null,
        digest: 'd',
        moves: [],
        told,
      } as const;
      await get().plans.finish(id, summary, undefined, ending);
      expect((await get().scores.cutPoints(c))?.base).toBe(2);
      const decision = { by: 'ann', at: day(9), why: 'wrong stage', allowed: [], sameAs: null };
      await get().plans.decide(id, { decided: 'rejected', ...decision });
      expect(await tierNow()).toBe('silver');
      expect((await get().scores.cutPoints(c))?.base).toBe(1);
    });

    it('is what it was before what was taken back, however many runs that were, and again when that is', async () => {
      await score('r1', 'silver');
      await applied('r1');
      await score('r2', 'gold');
      const second = await applied('r2');
      const one = await rollBack(second);
      expect(await tierNow()).toBe('silver');
      await rollBack(one);
      expect(await tierNow()).toBe('gold');
      await score('r3', 'platinum');
      const third = await applied('r3');
      await rollBack(second, third);
      expect(await tierNow()).toBe('silver');
    });

    it('goes with a listing of everything that is due once a run was taken back, until one ends', async () => {
      const { pulls } = get();
      await score('r1', 'silver');
      const first = await applied('r1');
      await pulls.begin(c, aPull({ mode: 'full' }));
      expect(await pulls.isListingDue(c)).toBe(false);
      await rollBack(first);
      await pulls.finish(c);
      expect(await pulls.isListingDue(c)).toBe(true);
      await pulls.begin(c, aPull({ mode: 'delta' }));
      await pulls.finish(c);
      expect(await pulls.isListingDue(c)).toBe(true);
      await pulls.begin(c, aPull({ mode: 'full' }));
      await pulls.abandon(c);
      expect(await pulls.isListingDue(c)).toBe(true);
      await pulls.begin(c, aPull({ mode: 'full' }));
      await pulls.finish(c);
      expect(await pulls.isListingDue(c)).toBe(false);
    });

    it('is what it was, too, when who took it back was killed in the last step', async () => {
      await get().scores.saveCutPoints(c, 'r1', { ...cuts, base: 1 });
      await score('r1', 'silver');
      await applied('r1');
      await get().scores.saveCutPoints(c, 'r2', { ...cuts, base: 2 });
      await score('r2', 'gold');
      const second = await applied('r2');
      await change(await planned([second]));
      expect(await tierNow()).toBe('gold');
      await get().rollbacks.endOthers(c);
      await planned([second], true);
      expect(await tierNow()).toBe('silver');
      expect((await get().scores.cutPoints(c))?.base).toBe(1);
    });

    it('stays what it is when what was taken back is taken back once more', async () => {
      await score('r1', 'silver');
      await applied('r1');
      await score('r2', 'gold');
      const second = await applied('r2');
      const one = await rollBack(second);
      await planned([second], true);
      expect(await tierNow()).toBe('silver');
      await rollBack(one);
      expect(await tierNow()).toBe('gold');
    });
  });
}
