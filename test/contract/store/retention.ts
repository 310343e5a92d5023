import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../src/domain/change.ts';
import type { PlanStatus } from '../../../src/domain/plan.ts';
import { day, type GetStore, newConnection } from './fixtures.ts';

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
    await get().retention.forget(connection, day(before), abort);

  describe('what is old', () => {
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

      expect(await forget(c, 5)).toEqual({ plans: 1, runs: 2, ownWrites: 1, quota: 1 });
      expect(await get().plans.byId(old)).toBeNull();
      expect(await get().plans.changes(old, { after: null, limit: 9 })).toEqual([]);
      expect(await get().plans.byId(young)).not.toBeNull();
      expect(await get().plans.byId(stranger)).not.toBeNull();
      expect((await get().runs.latest(c, 9)).map(({ id }) => id)).toEqual([`${c}-9`]);
      expect(await get().connections.quotaUsedSince(c, '2026-01-01')).toBe(7);
      expect(await forget(c, 5)).toEqual({ plans: 0, runs: 0, ownWrites: 0, quota: 0 });
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
