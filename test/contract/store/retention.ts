import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../src/domain/change.ts';
import type { PlanStatus } from '../../../src/domain/plan.ts';
import { nothingForgotten } from '../../../src/store/retention-store.ts';
import {
  aCustomer,
  archived,
  aScore,
  day,
  type GetStore,
  newConnection,
  save,
  world,
} from './fixtures.ts';
import { cuts } from './scores.ts';

const { signal } = new AbortController();
const applied: Receipt = { outcome: 'applied', seq: 0, modifiedAt: day(1) };

/** What is old goes; what is in use stays, however old. */
export function describeRetention(get: GetStore): void {
  const plan = async (connection: string, at: number, status: PlanStatus) => {
    const id = `plan-${connection}-${at}`;
    const head = { id, connection, runId: `run-${at}`, createdAt: day(at), asOf: '2026-01-01' };
    await get().plans.create(head);
    const fields = [{ key: 'value_tier', from: null, to: 'gold' }] as const;
    await get().plans.addChanges(id, [{ seq: 0, customerId: '1', priority: 'tier', fields }]);
    await get().plans.setStatus(id, status);
    return id;
  };
  const forget = async (connection: string, before: number, abort = signal) =>
    await get().retention.forget(
      connection,
      { before: day(before), idleBefore: day(before) },
      abort,
    );

  const count = async (connection: string, before: number) =>
    await get().retention.count(connection, { before: day(before), idleBefore: day(before) });
  const scored = async (c: string, run: string, asOf: string, tier: string, version: string) =>
    await get().scores.save(c, run, [aScore('1', { asOf, tier, policyVersion: version })]);

  describe('what is old', () => {
    it('goes of scores that another followed, and of what they alone were made by', async () => {
      const [c, tag] = [newConnection(), newConnection()];
      for (const [at, tier] of ['gold', 'silver', 'gold', 'silver'].entries()) {
        const version = `${tag}-${at}`;
        const asOf = `2026-01-0${at + 1}`;
        await get().scores.savePolicy({ version, content: {}, firstUsedAt: day(at + 1) });
        await get().scores.saveCutPoints(c, `r${at}`, { ...cuts, foundOn: asOf, base: at });
        await scored(c, `r${at}`, asOf, tier, version);
      }
      expect(await forget(c, 3)).toMatchObject({ history: 2, cutPoints: 2 });
      const left = await get().history.of(c, '1');
      expect(left.map(({ asOf }) => asOf)).toEqual(['2026-01-03', '2026-01-04']);
      expect(await get().history.cuts(left[0]?.cuts ?? -1)).toMatchObject({ base: 2 });
      expect(await get().scores.policy(`${tag}-1`)).toBeNull();
      expect(await get().scores.policy(`${tag}-2`)).not.toBeNull();
      expect(await forget(c, 30)).toMatchObject({ history: 1 });
      expect(await get().history.of(c, '1')).toHaveLength(1);
      expect((await get().scores.cutPoints(c))?.base).toBe(3);
    });

    it('goes of whoever left the CRM, who comes back whole', async () => {
      const c = newConnection();
      const customer = aCustomer('1');
      await save(get(), c, { customers: [customer, aCustomer('2')] });
      await save(get(), c, { removals: [archived('customers', '1')] });
      const long = { before: '2100-01-01T00:00:00.000Z', idleBefore: day(1) };
      expect(await get().retention.forget(c, long, signal)).toMatchObject({ goneRecords: 1 });
      expect(await get().erasures.find(c, customer.email ?? '')).toEqual([]);
      expect(await get().erasures.find(c, '1')).toMatchObject([{ gone: 'archived', email: null }]);
      await save(get(), c, { customers: [customer] });
      expect((await world(get(), c))[0]?.customer).toEqual(customer);
    });

    it('goes sooner of runs that were never written or planned, once each of their scores is another’s', async () => {
      const c = newConnection();
      const runs = ['w20260101000000a', 'w20260102000000a', 'r20260103000000a', 'w20260109000000a'];
      for (const [at, run] of runs.entries()) {
        if (run.startsWith('r')) await get().scores.saveCutPoints(c, run, cuts);
        await scored(c, run, `2026-01-0${at + 1}`, at % 2 === 0 ? 'gold' : 'silver', 'p');
      }
      const last = 'w20260108000000a';
      await scored(c, last, '2026-01-09', 'bronze', 'p');
      // Their scores are kept as history; what history no longer holds goes.
      const since = { before: day(1), idleBefore: day(8) };
      expect(await get().retention.forget(c, since, signal)).toMatchObject({ runMarks: 0 });
      const later = { before: day(30), idleBefore: day(8) };
      expect(await get().retention.forget(c, later, signal)).toMatchObject({ runMarks: 4 });
      const latest = { before: day(30), idleBefore: day(30) };
      // One mark each, of two kinds, for the run of that day; who scored last and who found cut points stay.
      expect(await get().retention.forget(c, latest, signal)).toMatchObject({ runMarks: 2 });
    });

    it('goes sooner of a rescoring that found nothing, and is told to the log and to rollbacks', async () => {
      const c = newConnection();
      const head = { id: `idle-${c}`, connection: c, runId: 'w1', createdAt: day(1) };
      await get().plans.create({ ...head, asOf: '2026-01-01', beside: true });
      await get().plans.setStatus(head.id, 'applied');
      await plan(c, 2, 'applied');
      await plan(c, 9, 'applied');
      const since = { before: day(1), idleBefore: day(8) };
      expect(await get().retention.forget(c, since, signal)).toMatchObject({
        idlePlans: 1,
        plans: 0,
      });
      expect(await forget(c, 5)).toMatchObject({ plans: 1 });
      const select = { chain: c, kinds: ['records.forgotten'], actor: null, since: null };
      const told = await get().audit.latest({ ...select, before: null, limit: 9 });
      expect(told.map(({ facts }) => facts)).toEqual([{ before: day(5) }]);
    });

    it('is forgotten: plans with their receipts, runs, ledgers', async () => {
      const [c, other] = [newConnection(), newConnection()];
      const old = await plan(c, 1, 'applied');
      await get().plans.saveReceipts(c, old, 'marker-1', [applied]);
      const young = await plan(c, 9, 'applied');
      const stranger = await plan(other, 1, 'applied');
      for (const at of [1, 2, 9])
        await get().runs.start({ id: `${c}-${at}`, connection: c, startedAt: day(at) });
      await get().connections.addQuota(c, '2026-01-01', 5);
      await get().connections.addQuota(c, '2026-01-05T07', 7);

      expect(await count(c, 5)).toMatchObject({ plans: 1, runs: 2, ownWrites: 1, quota: 1 });
      expect(await forget(c, 5)).toMatchObject({ plans: 1, runs: 2, ownWrites: 1, quota: 1 });
      expect(await get().plans.byId(old)).toBeNull();
      expect(await get().plans.changes(old, { after: null, limit: 9 })).toEqual([]);
      expect(await get().plans.byId(young)).not.toBeNull();
      expect(await get().plans.byId(stranger)).not.toBeNull();
      expect((await get().runs.latest(c, 9)).map(({ id }) => id)).toEqual([`${c}-9`]);
      expect(await get().connections.quotaUsedSince(c, '2026-01-01')).toBe(7);
      expect(await count(c, 5)).toEqual(nothingForgotten);
      expect(await forget(c, 5)).toEqual(nothingForgotten);
    });

    it('stays when it is half applied or the newest there is', async () => {
      const c = newConnection();
      const half = await plan(c, 1, 'applying');
      const applied = await plan(c, 2, 'applied');
      const newest = await plan(c, 3, 'applied');
      await get().runs.start({ id: `${c}-1`, connection: c, startedAt: day(1) });
      expect(await forget(c, 30)).toMatchObject({ plans: 1, runs: 0 });
      expect(await get().plans.byId(half)).not.toBeNull();
      expect(await get().plans.byId(applied)).toBeNull();
      expect(await get().plans.byId(newest)).not.toBeNull();
    });

    it('goes in pieces, and stops between two when asked', async () => {
      const c = newConnection();
      for (let at = 0; at < 45; at += 1)
        await get().runs.start({ id: `${c}-r${at}`, connection: c, startedAt: day(1) });
      for (let at = 1; at < 26; at += 1) await plan(c, at, 'applied');
      expect(await forget(c, 31)).toMatchObject({ plans: 24 });
      await expect(forget(c, 31, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
    });
  });
}
