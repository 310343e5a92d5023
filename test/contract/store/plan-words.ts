import { describe, expect, it } from 'vitest';
import type { Hold } from '../../../src/domain/hold.ts';
import type { PlanDecision, PlanMove, PlanSummary } from '../../../src/domain/plan.ts';
import type { PlanEnding } from '../../../src/store/plan-store.ts';
import { aScore, day, type GetStore, newConnection } from './fixtures.ts';

const summary: PlanSummary = {
  ...{ customers: 2, changes: 2, changesByPriority: { tier: 2 }, changesByField: { rfm: 2 } },
  ...{ tierMoves: [], lists: [], warnings: [] },
  cost: { calls: 1, spends: 1, unit: 'calls', quotaShare: null, days: null, route: null },
};
const approve: Hold = { by: 'approve', because: 'each plan waits' };
const doubled: Hold = {
  by: 'tier-doubled',
  because: 'gold would have 80 customers in place of 40',
};
const told = { actor: 'service', at: day(2) };
const held: PlanEnding = {
  ...{ status: 'held', holds: [approve, doubled], decision: null, digest: 'abc', moves: [], told },
};
const approval: PlanDecision = {
  ...{ decided: 'approved', by: 'ada', at: day(3), why: 'we sold a lot', sameAs: null },
  allowed: ['tier-doubled'],
};
const rejection: PlanDecision = { ...approval, decided: 'rejected', allowed: [], why: 'wrong' };

/** Plans that wait for a person, and what the person says. */
export function describePlanWords(get: GetStore): void {
  let made = 0;
  const draft = async (c: string, beside = false) => {
    made += 1;
    const id = `${c}-w${made}`;
    const plan = { id, connection: c, runId: `run-${id}`, createdAt: day(1), asOf: '2026-01-01' };
    await get().plans.create({ ...plan, beside, policyVersion: 'v1' });
    const fields = [{ key: 'value_tier', from: null, to: 'gold' }] as const;
    const changes = ['1', '2'].map((customerId, seq) => ({
      ...{ seq, customerId, priority: 'tier' as const, fields },
    }));
    await get().plans.addChanges(id, changes);
    await get().plans.addMemberships(id, [{ listKey: 'best', customerId: '1', action: 'add' }]);
    return id;
  };
  const finished = async (c: string, ending: PlanEnding = held) => {
    const id = await draft(c);
    await get().plans.finish(id, summary, [], ending);
    return id;
  };
  const status = async (id: string) => (await get().plans.byId(id))?.status;
  const changes = async (id: string) =>
    (await get().plans.changes(id, { after: null, limit: 9 })).length;

  describe('a plan that is held', () => {
    it('keeps why, what it is known again by, and the moves that matter most', async () => {
      const moves: readonly PlanMove[] = [
        {
          customerId: '2',
          from: 'gold',
          to: null,
          netMinor: -900,
          heldMinor: 100,
          reason: 'Refunds.',
        },
        { customerId: '1', from: null, to: 'gold', netMinor: 100, reason: 'Gold.' },
      ];
      const id = await finished(newConnection(), { ...held, moves });
      expect(await get().plans.byId(id)).toMatchObject({
        ...{ status: 'held', holds: [approve, doubled], decision: null, digest: 'abc' },
        ...{ kind: 'scores', policyVersion: 'v1', summary },
      });
      expect(await get().plans.moves(id)).toEqual(moves);
      expect(await get().plans.unfinished((await get().plans.byId(id))?.connection ?? '')).toEqual(
        [],
      );
    });

    it('counts the scores that it compared as planned', async () => {
      const c = newConnection();
      for (const run of ['a', 'b']) await get().scores.save(c, run, [aScore(run)]);
      await get().plans.finish(await draft(c), summary, ['a'], held);
      expect(await get().scores.unplannedRuns(c)).toEqual(['b']);
    });

    it('is ready once approved, and waits with what is to be finished', async () => {
      const c = newConnection();
      const id = await finished(c);
      expect(await get().plans.decide(id, approval)).toMatchObject({ id, status: 'ready' });
      expect((await get().plans.byId(id))?.decision).toEqual(approval);
      expect((await get().plans.unfinished(c)).map((plan) => plan.id)).toEqual([id]);
      expect(await get().schedules.waiting()).toContain(c);
    });

    it('is rejected for good, and takes one word only', async () => {
      const id = await finished(newConnection());
      expect(await get().plans.decide(id, rejection)).toMatchObject({ status: 'rejected' });
      expect(await get().plans.decide(id, approval)).toBeNull();
      expect(await get().plans.decide('no such plan', approval)).toBeNull();
      expect(await get().plans.byId(id)).toMatchObject({ status: 'rejected', decision: rejection });
      expect(await changes(id)).toBe(2);
    });

    it('gives way to a newer one; one that was only to be looked at is forgotten', async () => {
      const c = newConnection();
      const waited = await finished(c);
      const preview = { by: 'preview', because: 'none is written' } as const;
      const looked = await finished(c, { ...held, holds: [preview] });
      await draft(c);
      expect(await status(waited)).toBe('superseded');
      expect(await changes(waited)).toBe(2);
      expect(await get().plans.byId(looked)).toBeNull();
      expect(await changes(looked)).toBe(0);
    });
  });

  it('a plan like one that was rejected is rejected, with a reference in place of changes', async () => {
    const c = newConnection();
    const decision = { ...rejection, sameAs: 'that' };
    const id = await finished(c, { ...held, status: 'rejected', decision });
    expect(await get().plans.byId(id)).toMatchObject({ status: 'rejected', decision });
    expect(await changes(id)).toBe(0);
  });

  it('a plan that was begun can be held as well, by more than before', async () => {
    const c = newConnection();
    const id = await finished(c, { ...held, status: 'ready', holds: [doubled] });
    await get().plans.setStatus(id, 'applying');
    const canary: Hold = { by: 'canary', because: '3 of 100 came back otherwise' };
    await get().plans.hold(id, [canary], told);
    expect(await get().plans.byId(id)).toMatchObject({ status: 'held', holds: [doubled, canary] });
    await get().plans.decide(id, rejection);
    await get().plans.hold(id, [canary], told);
    expect(await status(id)).toBe('rejected');
  });

  it('a plan that is outdated gives way, unless it has been begun', async () => {
    const c = newConnection();
    const ready = await finished(c, { ...held, status: 'ready' });
    await get().plans.outdate(ready, { why: 'values', customers: 1 }, told);
    expect(await status(ready)).toBe('superseded');
    const begun = await finished(c, { ...held, status: 'ready' });
    await get().plans.setStatus(begun, 'applying');
    await get().plans.outdate(begun, { why: 'policy', customers: 0 }, told);
    expect(await status(begun)).toBe('applying');
  });

  describe('the last word on plans', () => {
    const word = async (c: string) => (await get().plans.lastWord(c))?.id ?? null;

    it('is no draft, no rescoring and nothing that merely gave way', async () => {
      const c = newConnection();
      expect(await word(c)).toBeNull();
      const first = await draft(c);
      expect(await word(c)).toBeNull();
      await get().plans.finish(first, summary);
      expect(await word(c)).toBeNull();
      await get().plans.setStatus(first, 'applied');
      expect(await word(c)).toBe(first);
      const unwritten = await draft(c);
      await get().plans.finish(unwritten, summary);
      await get().plans.setStatus(await draft(c, true), 'applied');
      await draft(c);
      expect(await word(c)).toBe(first);
    });

    it('is what waits, what was refused and what was held before it gave way', async () => {
      const c = newConnection();
      const refused = await finished(c);
      expect(await word(c)).toBe(refused);
      await get().plans.decide(refused, rejection);
      expect(await word(c)).toBe(refused);
      const waited = await finished(c);
      await draft(c);
      expect(await status(waited)).toBe('superseded');
      expect(await word(c)).toBe(waited);
    });
  });

  it('plans are listed newest first, by connection and status, rescorings when asked', async () => {
    const [c, other] = [newConnection(), newConnection()];
    const first = await finished(c);
    const beside = await draft(c, true);
    const second = await finished(other);
    const list = async (more: object) => {
      const all = { connections: [c, other], statuses: null, rescorings: false, limit: 9 };
      return (await get().plans.list({ ...all, ...more })).map(({ id }) => id);
    };
    expect(await list({})).toEqual([second, first]);
    expect(await list({ rescorings: true })).toEqual([second, beside, first]);
    expect(await list({ connections: [c] })).toEqual([first]);
    expect(await list({ statuses: ['ready'] })).toEqual([]);
    expect(await list({ statuses: ['held'], limit: 1 })).toEqual([second]);
    expect(await list({ connections: [] })).toEqual([]);
  });
}
