import { describe, expect, it } from 'vitest';
import type { AuditHead, ChainVerdict } from '../../../src/domain/audit.ts';
import type { MembershipChange } from '../../../src/domain/change.ts';
import type { MembershipReceipt } from '../../../src/domain/list.ts';
import type { PlanSummary } from '../../../src/domain/plan.ts';
import type { AuditSelect } from '../../../src/store/audit-store.ts';
import { aCustomer, day, type GetStore, newConnection, save } from './fixtures.ts';

const summary: PlanSummary = {
  ...{ customers: 1, changes: 1, changesByPriority: {}, changesByField: {}, tierMoves: [] },
  ...{ lists: [], warnings: [] },
  cost: { calls: 1, spends: 1, unit: 'calls', quotaShare: null, days: null, route: null },
};

const everything: AuditSelect = {
  ...{ chain: null, kinds: null, actor: null, since: null, before: null, limit: 100 },
};

/** The log: what is told, by whom, and that it holds together. */
export function describeAudit(get: GetStore): void {
  const rows = (chain: string, select: Partial<AuditSelect> = {}) =>
    get().audit.latest({ ...everything, chain, ...select });
  const kinds = async (chain: string) => (await rows(chain)).map(({ kind }) => kind);
  const verdict = async (
    chain: string,
    { deep = true, noted = [] }: { deep?: boolean; noted?: readonly AuditHead[] } = {},
  ): Promise<ChainVerdict> => {
    const { signal } = new AbortController();
    for await (const one of get().audit.verify({ chain, deep, noted, signal })) return one;
    throw new Error('No verdict');
  };

  /** A plan of three changes and two steps on a list, made, and written but for the last change. */
  const written = async (c: string, actor = 'service') => {
    const { plans } = get().actingAs(actor);
    const id = `plan-${c}`;
    await save(get(), c, { customers: ['0', '1', '2'].map((one) => aCustomer(one)) });
    await plans.create({ id, connection: c, runId: 'r1', createdAt: day(1), asOf: '2026-01-01' });
    await plans.addChanges(
      id,
      [0, 1, 2].map((seq) => ({
        ...{ seq, customerId: String(seq), priority: 'tier' },
        fields: [{ key: 'value_tier', from: null, to: `tier-${seq}` }],
      })),
    );
    const steps = ['0', '1'].map(
      (customerId): MembershipChange => ({ listKey: 'best', customerId, action: 'add' }),
    );
    await plans.addMemberships(id, steps);
    await plans.finish(id, summary);
    await plans.setStatus(id, 'applying');
    await plans.saveReceipts(c, id, 'marker', [
      { seq: 0, outcome: 'applied', modifiedAt: day(2) },
      { seq: 1, outcome: 'rejected', code: 'RECORD_GONE', message: 'gone' },
    ]);
    await plans.saveMembershipReceipts(
      c,
      id,
      steps.map((step): MembershipReceipt => ({ ...step, outcome: 'applied' })),
    );
    return { id, plans };
  };

  describe('the log', () => {
    it('tells of a run who started it and how it ended', async () => {
      const c = newConnection();
      const { runs } = get().actingAs('mary');
      await runs.start({ id: `r-${c}`, connection: c, startedAt: day(1) });
      const end = { endedAt: day(2), planId: null, report: {}, counts: { scored: 7 } };
      await runs.end(`r-${c}`, { ...end, outcome: 'done' });
      expect(await rows(c)).toMatchObject([
        { position: 1, kind: 'run.started', actor: 'mary', at: day(1), facts: { run: `r-${c}` } },
        { position: 2, kind: 'run.ended', at: day(2), facts: { outcome: 'done', scored: 7 } },
      ]);
      expect(await runs.latest(c, 1)).toMatchObject([{ actor: 'mary' }]);
    });

    it('tells of a plan what it proposes, what was written, and that it is done', async () => {
      const c = newConnection();
      const { id, plans } = await written(c, 'mary');
      await plans.saveReceipts(c, id, 'marker', [{ seq: 2, outcome: 'unchanged' }]);
      await plans.setStatus(id, 'applied');
      await plans.setStatus(id, 'applied');
      const counted = { plan: id, applied: 1, unchanged: 0, rejected: 1 };
      expect(await rows(c)).toMatchObject([
        { kind: 'plan.made', actor: 'mary', facts: { plan: id, changes: 3, memberships: 2 } },
        { kind: 'writes', facts: { ...counted, of: 'fields' } },
        { kind: 'writes', facts: { applied: 2, of: 'memberships' } },
        { kind: 'writes', facts: { unchanged: 1 } },
        { kind: 'plan.applied', facts: { ...counted, unchanged: 1, listsApplied: 2 } },
      ]);
      expect(await verdict(c)).toMatchObject({ rows: 5, broken: null });
    });

    it('does not tell twice what was saved twice', async () => {
      const c = newConnection();
      const { id, plans } = await written(c);
      await plans.saveReceipts(c, id, 'marker', [{ seq: 0, outcome: 'unchanged' }]);
      expect(await kinds(c)).toEqual(['plan.made', 'writes', 'writes']);
    });

    it('says nothing of a rescoring that found nothing to write', async () => {
      const c = newConnection();
      const { plans } = get();
      const head = { connection: c, runId: 'w1', createdAt: day(1), asOf: '2026-01-01' };
      await plans.create({ id: `p-${c}`, ...head, beside: true });
      await plans.finish(`p-${c}`, summary, []);
      await plans.setStatus(`p-${c}`, 'applied');
      expect(await kinds(c)).toEqual([]);
    });

    it('has no gap and no fork, however many write to it at once', async () => {
      const c = newConnection();
      const { runs } = get();
      const ids = Array.from({ length: 40 }, (_, at) => `r-${c}-${at}`);
      await Promise.all(ids.map((id) => runs.start({ id, connection: c, startedAt: day(1) })));
      expect(await verdict(c)).toMatchObject({ rows: 40, broken: null });
    });

    it('keeps its order when the clock goes back', async () => {
      const c = newConnection();
      const { runs } = get();
      for (const [at, id] of [day(9), day(3)].entries())
        await runs.start({ id: `r-${c}-${at}`, connection: c, startedAt: id });
      expect(await verdict(c)).toMatchObject({ rows: 2, broken: null });
    });

    it('is read in pages, newest last, by kind, actor and time', async () => {
      const c = newConnection();
      const one = get().actingAs('one').runs;
      const two = get().actingAs('two').runs;
      for (const n of [1, 2, 3, 4])
        await (n % 2 === 0 ? two : one).start({
          ...{ id: `r-${c}-${n}`, connection: c, startedAt: day(n) },
        });
      const positions = async (select: Partial<AuditSelect>) =>
        (await rows(c, select)).map(({ position }) => position);
      expect(await positions({ limit: 2 })).toEqual([3, 4]);
      expect(await positions({ limit: 2, before: { chain: c, position: 3 } })).toEqual([1, 2]);
      expect(await positions({ actor: 'two' })).toEqual([2, 4]);
      expect(await positions({ since: day(3) })).toEqual([3, 4]);
      expect(await positions({ kinds: ['run.ended'] })).toEqual([]);
    });

    it('misses no plan that retention forgot, and no detail of a forgotten account', async () => {
      const c = newConnection();
      const { plans } = await written(c);
      await plans.setStatus(`plan-${c}`, 'applied');
      const next = { connection: c, runId: 'r2', createdAt: day(8), asOf: '2026-01-08' };
      await plans.create({ id: `plan-${c}-2`, ...next });
      await plans.finish(`plan-${c}-2`, summary);
      const { signal } = new AbortController();
      const since = { before: day(5), idleBefore: day(5) };
      expect(await get().retention.forget(c, since, signal)).toMatchObject({ plans: 1 });
      expect(await kinds(c)).toContain('records.forgotten');
      expect(await verdict(c)).toMatchObject({ broken: null });
      await get().connections.forget(c);
      expect((await kinds(c)).at(-1)).toBe('connection.forgotten');
      expect(await verdict(c)).toMatchObject({ broken: null });
    });

    it('knows the head that was noted, and misses one that it never had', async () => {
      const c = newConnection();
      await written(c);
      const { head } = await verdict(c);
      if (head === null) throw new Error('No head');
      expect(await verdict(c, { noted: [head] })).toMatchObject({ broken: null });
      const beyond = { ...head, position: head.position + 1 };
      expect((await verdict(c, { noted: [beyond] })).broken).toMatchObject({ fault: 'cut' });
      const other = { ...head, hash: '0'.repeat(64) };
      expect((await verdict(c, { noted: [other] })).broken).toMatchObject({ fault: 'cut' });
    });
  });
}
