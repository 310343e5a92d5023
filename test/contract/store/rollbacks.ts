import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/domain/change.ts';
import type { FieldKey, FieldValue } from '../../../src/domain/field.ts';
import type { PlanSummary } from '../../../src/domain/plan.ts';
import type { RollbackException } from '../../../src/domain/rollback.ts';
import { aCustomer, day, type GetStore, newConnection, save } from './fixtures.ts';

const summary: PlanSummary = {
  ...{ customers: 1, changes: 1, changesByPriority: {}, changesByField: {}, tierMoves: [] },
  lists: [],
  cost: { calls: 1, spends: 1, unit: 'calls', quotaShare: null, days: null, route: null },
  warnings: [],
};
const firstPage = { after: null, limit: 100 };
const word = { by: 'ann', at: day(9), why: 'mended' };

/** What was written, told backwards; and the switch that stops a connection. */
export function describeRollbacks(get: GetStore): void {
  let made = 0;
  /** A plan of a run that writes these fields, all applied. */
  const written = async (
    c: string,
    fields: readonly (readonly [id: string, key: FieldKey, from: FieldValue, to: FieldValue])[],
  ) => {
    made += 1;
    const [id, runId] = [`back-${c}-${made}`, `run-${c}-${made}`];
    const { plans } = get();
    await plans.create({ id, connection: c, runId, createdAt: day(1), asOf: '2026-01-01' });
    const customers = [...Map.groupBy(fields, ([customerId]) => customerId)];
    const changes = customers.map(
      ([customerId, of], seq): Change => ({
        ...{ seq, customerId, priority: 'fact' },
        fields: of.map(([, key, from, to]) => ({ key, from, to })),
      }),
    );
    await plans.addChanges(id, changes);
    await plans.finish(id, summary);
    await plans.setStatus(id, 'applying');
    const seqs = changes.map(({ seq }) => seq);
    await plans.markSending(id, seqs);
    const receipts = seqs.map((seq) => ({ seq, outcome: 'applied', modifiedAt: null }) as const);
    await plans.saveReceipts(c, id, runId, receipts);
    await plans.setStatus(id, 'applied');
    return { id, runId };
  };
  const fieldsOf = async (c: string, plans: readonly string[]) =>
    (await get().rollbacks.fields({ connection: c, kind: 'plans', plans }, firstPage)).map(
      ({ customerId, fields }) => ({ customerId, fields }),
    );

  describe('what a run wrote', () => {
    it('is told as one step a field, with who wrote it again', async () => {
      const c = newConnection();
      const one = await written(c, [
        ['1', 'rfm', null, '111'],
        ['1', 'reason', 'old', 'new'],
        ['2', 'rfm', '222', '111'],
      ]);
      const two = await written(c, [['1', 'rfm', '111', '333']]);
      await written(newConnection(), [['1', 'reason', 'new', 'of another connection']]);
      expect(await fieldsOf(c, [one.id])).toEqual([
        {
          customerId: '1',
          fields: [
            { key: 'reason', before: 'old', wrote: 'new', againBy: null },
            { key: 'rfm', before: null, wrote: '111', againBy: two.runId },
          ],
        },
        { customerId: '2', fields: [{ key: 'rfm', before: '222', wrote: '111', againBy: null }] },
      ]);
      const both = await fieldsOf(c, [one.id, two.id]);
      expect(both.find(({ customerId }) => customerId === '1')?.fields).toEqual([
        { key: 'reason', before: 'old', wrote: 'new', againBy: null },
        { key: 'rfm', before: null, wrote: '333', againBy: null },
      ]);
    });

    it('comes page by page, each customer once, and only what was applied', async () => {
      const c = newConnection();
      const ids = Array.from({ length: 7 }, (_, at) => String(at));
      const one = await written(
        c,
        ids.map((id) => [id, 'rfm', null, '111']),
      );
      const scope = { connection: c, kind: 'plans', plans: [one.id] } as const;
      const seen: string[] = [];
      let after: number | null = null;
      for (;;) {
        const page: Awaited<ReturnType<typeof fieldsAfter>> = await fieldsAfter(after);
        seen.push(...page.map(({ customerId }) => customerId));
        after = page.at(-1)?.position ?? null;
        if (page.length === 0) break;
      }
      expect(seen.toSorted()).toEqual(ids);
      async function fieldsAfter(from: number | null) {
        return await get().rollbacks.fields(scope, { after: from, limit: 3 });
      }
    });

    it('is found by the run, by the pass that applied it and by the plan; another run is unknown', async () => {
      const c = newConnection();
      const one = await written(c, [['1', 'rfm', null, '111']]);
      const { rollbacks, runs } = get();
      await runs.start({ id: `apply-${c}`, connection: c, startedAt: day(2) });
      await runs.start({ id: `idle-${c}`, connection: c, startedAt: day(2) });
      await runs.end(`apply-${c}`, {
        ...{ endedAt: day(2), outcome: 'done', planId: one.id, report: null },
      });
      for (const id of [one.runId, one.id, `apply-${c}`])
        expect(await rollbacks.plansOf(c, id)).toEqual([one.id]);
      expect(await rollbacks.plansOf(c, `idle-${c}`)).toEqual([]);
      expect(await rollbacks.plansOf(c, 'no such run')).toBeNull();
      expect(await rollbacks.plansOf(newConnection(), one.runId)).toBeNull();
    });

    it('is told since an instant as well', async () => {
      const c = newConnection();
      await written(c, [['1', 'rfm', null, '111']]);
      const all = { connection: c, kind: 'after', at: '2000-01-01T00:00:00.000Z' } as const;
      const none = { ...all, at: '2100-01-01T00:00:00.000Z' };
      expect(await get().rollbacks.fields(all, firstPage)).toHaveLength(1);
      expect(await get().rollbacks.fields(none, firstPage)).toEqual([]);
    });
  });

  describe('steps on lists', () => {
    it('are told with what was before, who is a member now and who is gone', async () => {
      const c = newConnection();
      const { plans, lists, rollbacks } = get();
      await save(get(), c, { customers: ['1', '2'].map((id) => aCustomer(id)) });
      await lists.saveKnown(c, [
        { key: 'best', crmId: '7', name: 'Best', kind: 'static', status: 'active' },
      ]);
      const id = `lists-${c}`;
      await plans.create({ id, connection: c, runId: id, createdAt: day(1), asOf: '2026-01-01' });
      const steps = [
        { listKey: 'best', customerId: '1', action: 'add' },
        { listKey: 'best', customerId: '2', action: 'remove' },
        { listKey: 'best', customerId: '3', action: 'add' },
      ] as const;
      await plans.addMemberships(id, steps);
      const receipts = steps.map((step) => ({ ...step, outcome: 'applied' }) as const);
      await plans.saveMembershipReceipts(c, id, receipts.slice(0, 2));
      const scope = { connection: c, kind: 'plans', plans: [id] } as const;
      const found = await rollbacks.memberships(scope, { ...firstPage, plan: id });
      const common = { listKey: 'best', againBy: null, isGone: false };
      expect(found.toSorted((a, b) => a.customerId.localeCompare(b.customerId))).toMatchObject([
        { ...common, customerId: '1', wasMember: false, wrote: 'add', isMember: true },
        { ...common, customerId: '2', wasMember: true, wrote: 'remove', isMember: false },
      ]);
    });
  });

  describe('a rollback that is whole', () => {
    it('stops its connection, keeps what it leaves, and ends what others wait to write', async () => {
      const c = newConnection();
      const one = await written(c, [['1', 'rfm', null, '111']]);
      const { plans, rollbacks, stops } = get();
      const waiting = { id: `waits-${c}`, connection: c, runId: 'r', asOf: '2026-01-01' };
      await plans.create({ ...waiting, createdAt: day(2) });
      await plans.addChanges(waiting.id, [
        { seq: 0, customerId: '1', priority: 'fact', fields: [{ key: 'rfm', from: '1', to: '2' }] },
      ]);
      await plans.finish(waiting.id, summary);
      await rollbacks.endOthers(c);
      expect(await plans.byId(waiting.id)).toMatchObject({ status: 'superseded' });
      expect(await plans.receiptCounts(waiting.id)).toMatchObject({ open: 0, unchanged: 1 });

      const id = `rollback-${c}`;
      const about = { connection: c, runId: 'rb', createdAt: day(3), asOf: '2026-01-01' };
      await plans.create({ id, ...about, kind: 'rollback' });
      const left: RollbackException = {
        ...{ customerId: '1', kind: 'changed', of: 'field', key: 'rfm' },
        ...{ wrote: '111', now: '999', byRun: null },
      };
      await rollbacks.addExceptions(id, [left, left]);
      expect(await rollbacks.exceptions(id, { offset: 0, limit: 9 })).toEqual([left]);
      expect(await rollbacks.exceptionCounts(id)).toMatchObject({ changed: 1, gone: 0 });
      const told = { actor: 'ann', at: day(3) };
      await rollbacks.finish(id, {
        ...{ scope: { kind: 'plans', connection: c, plans: [one.id] }, summary },
        of: { run: one.runId },
        ending: { status: 'ready', holds: [], decision: null, digest: null, moves: [], told },
        stop: { connection: c, at: day(3), by: 'ann', why: 'wrong' },
      });
      expect(await plans.byId(id)).toMatchObject({ kind: 'rollback', status: 'ready' });
      expect(await stops.of(c)).toEqual({
        ...{ connection: c, at: day(3), by: 'ann', why: 'wrong', plan: id },
      });
      await stops.stop({ connection: c, at: day(4), by: 'bob', why: 'that too' });
      expect(await stops.of(c)).toMatchObject({ by: 'bob', plan: null });
    });
  });

  describe('the stop switch', () => {
    it('stands until a person turns it back, whatever else is forgotten of the connection', async () => {
      const c = newConnection();
      const { stops, connections } = get();
      expect(await stops.of(c)).toBeNull();
      expect(await stops.resume(c, word)).toBeNull();
      const stop = { connection: c, at: day(1), by: 'ann', why: 'too much gold' };
      await stops.stop(stop);
      expect(await stops.of(c)).toEqual({ ...stop, plan: null });
      expect(await stops.all()).toContainEqual({ ...stop, plan: null });
      await connections.forget(c);
      expect(await stops.of(c)).not.toBeNull();
      expect(await stops.resume(c, word)).toEqual({ ...stop, plan: null });
      expect(await stops.of(c)).toBeNull();
    });
  });
}
