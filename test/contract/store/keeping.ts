import { describe, expect, it } from 'vitest';
import type { KnownList } from '../../../src/domain/list.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { aCustomer, day, type GetStore, newConnection, save } from './fixtures.ts';
import { members } from './scores.ts';

/** Leases, runs, lists, connections. */
export function describeKeeping(get: GetStore): void {
  describe('a lease', () => {
    it('has one holder; the next one gets a higher fence', async () => {
      const c = newConnection();
      const first = await get().leases.acquire(c, 'a', 60_000);
      expect(first).toEqual({
        status: 'acquired',
        lease: { connection: c, holder: 'a', fence: 1 },
      });
      const second = await get().leases.acquire(c, 'b', 60_000);
      expect(second).toMatchObject({ status: 'held', holder: 'a' });
      if (first.status === 'acquired') await get().leases.release(first.lease);
      expect(await get().leases.acquire(c, 'b', 60_000)).toMatchObject({
        status: 'acquired',
        lease: { fence: 2 },
      });
    });

    it('that lapsed is taken over, and then lost to its holder', async () => {
      const c = newConnection();
      const first = await get().leases.acquire(c, 'a', -1);
      const second = await get().leases.acquire(c, 'b', 60_000);
      expect(second).toMatchObject({ status: 'acquired', lease: { fence: 2 } });
      if (first.status !== 'acquired' || second.status !== 'acquired')
        throw new Error('not acquired');
      await expect(get().leases.renew(first.lease, 1)).rejects.toMatchObject({
        code: 'LEASE_LOST',
      });
      await get().leases.release(first.lease);
      await get().leases.renew(second.lease, 60_000);
      expect(await get().leases.acquire(c, 'c', 1)).toMatchObject({ status: 'held', holder: 'b' });
    });

    it('of many who ask at once goes to one', async () => {
      const c = newConnection();
      const asked = Array.from({ length: 12 }, (_, at) =>
        get().leases.acquire(c, `h${at}`, 60_000),
      );
      const got = (await Promise.all(asked)).filter(({ status }) => status === 'acquired');
      expect(got).toHaveLength(1);
    });
  });

  it('runs are remembered, the latest first', async () => {
    const c = newConnection();
    const start = (id: string, at: number) =>
      get().runs.start({ id: `${c}-${id}`, connection: c, startedAt: day(at) });
    await start('a', 1);
    await start('b', 2);
    const end = {
      endedAt: day(3),
      outcome: 'done',
      planId: 'p',
      report: { z: 1, a: ['x'] },
    } as const;
    await get().runs.end(`${c}-a`, end);
    const open = { actor: 'service', endedAt: null, outcome: null, planId: null, report: null };
    const b = { id: `${c}-b`, connection: c, startedAt: day(2), ...open };
    expect(await get().runs.latest(c, 5)).toEqual([
      b,
      { actor: 'service', id: `${c}-a`, connection: c, startedAt: day(1), ...end },
    ]);
    expect(await get().runs.latest(c, 1)).toHaveLength(1);
    const report = { stopped: { code: 'SOURCE_EMPTY', message: 'x' } };
    await get().runs.end(`${c}-b`, { endedAt: day(3), outcome: 'held', planId: null, report });
    const stopped = (code: string, since: number) =>
      get().runs.wereStoppedBy(c, ['SOURCE_CUT_SHORT', code], day(since));
    expect(await stopped('SOURCE_EMPTY', 2)).toBe(true);
    expect(await stopped('SOURCE_EMPTY', 3)).toBe(false);
    expect(await stopped('PLAN_HELD', 1)).toBe(false);
  });

  describe('lists', () => {
    const list = (key: string): KnownList => ({
      key,
      crmId: `crm-${key}`,
      name: key,
      kind: 'static',
      status: 'active',
    });

    it('are replaced as a whole, members going with their list', async () => {
      const c = newConnection();
      await get().lists.saveKnown(c, [list('a'), list('b')]);
      await get().lists.replaceMembers(c, 'a', members(['1', '2'], ['2', '3']));
      expect(await get().lists.sizes(c)).toEqual({ a: 3, b: 0 });
      const deleted = { ...list('b'), status: 'deleted' } as const;
      await get().lists.begin(c, { key: 'c', name: 'Soon' });
      expect(await get().lists.begun(c)).toEqual([{ key: 'c', name: 'Soon' }]);
      expect(await get().lists.known(c)).not.toContainEqual(expect.objectContaining({ key: 'c' }));
      await get().lists.saveKnown(c, [deleted]);
      expect(await get().lists.begun(c)).toEqual([]);
      expect(await get().lists.known(c)).toEqual([deleted]);
      await get().lists.saveKnown(c, [list('a')]);
      expect(await get().lists.sizes(c)).toEqual({ a: 0 });
    });

    it('keep their members when the reading of new ones fails', async () => {
      const c = newConnection();
      await get().lists.saveKnown(c, [list('a')]);
      await get().lists.replaceMembers(c, 'a', members(['1']));
      await expect(get().lists.replaceMembers(c, 'a', failing())).rejects.toThrow('network');
      expect(await get().lists.sizes(c)).toEqual({ a: 1 });
      expect(await get().lists.replaceMembers(c, 'a', members(['8'], ['9']))).toBe(2);
    });

    it('hold a merged member under its new id, and let others work while they are read', async () => {
      const c = newConnection();
      await get().lists.saveKnown(c, [list('a')]);
      async function* pages() {
        yield ['1', '2'];
        await save(get(), c, { customers: [aCustomer('9', { previousIds: ['1', '2'] })] });
        yield ['9'];
      }
      expect(await get().lists.replaceMembers(c, 'a', pages())).toBe(1);
    });
  });

  describe('a connection', () => {
    it('stays with its account', async () => {
      const c = newConnection();
      const identity = { crm: 'hubspot', accountId: '1', subject: 'contact' } as const;
      await get().connections.saveCredential(c, new Secret('sealed'));
      await get().connections.bind(c, identity);
      await get().connections.bind(c, identity);
      for (const other of [{ accountId: '2' }, { crm: 'zoho' }, { subject: 'company' as const }]) {
        const bind = get().connections.bind(c, { ...identity, ...other });
        await expect(bind).rejects.toMatchObject({ code: 'CONNECTION_MOVED' });
      }
      expect((await get().connections.loadCredential(c))?.reveal()).toBe('sealed');
    });

    it('keeps the last credential and adds up its calls by day', async () => {
      const c = newConnection();
      expect(await get().connections.loadCredential(c)).toBeNull();
      await get().connections.saveCredential(c, new Secret('one'));
      await get().connections.saveCredential(c, new Secret('two'));
      expect((await get().connections.loadCredential(c))?.reveal()).toBe('two');
      await Promise.all([3, 4].map((calls) => get().connections.addQuota(c, '2026-01-01', calls)));
      await get().connections.addQuota(c, '2026-01-02', 5);
      expect(await get().connections.quotaUsedSince(c, '2026-01-01')).toBe(12);
      expect(await get().connections.quotaUsedSince(c, '2026-01-02')).toBe(5);
      expect(await get().connections.quotaUsedSince(c, '2026-01-03')).toBe(0);
    });

    it('keeps the CRM’s ids of our fields, each saving replacing them all', async () => {
      const [c, other] = [newConnection(), newConnection()];
      const { connections } = get();
      expect(await connections.fieldIds(c)).toEqual(new Map());
      await connections.saveFieldIds(
        c,
        new Map([
          ['value_tier', '1'],
          ['reason', '2'],
        ]),
      );
      await connections.saveFieldIds(other, new Map([['reason', '9']]));
      await connections.saveFieldIds(c, new Map([['reason', '3']]));
      expect(await connections.fieldIds(c)).toEqual(new Map([['reason', '3']]));
      expect(await connections.fieldIds(other)).toEqual(new Map([['reason', '9']]));
    });

    it('keeps a job that is at work in a CRM until it is over, and what the CRM calls it', async () => {
      const [c, other] = [newConnection(), newConnection()];
      const jobs = get().connections.jobs(c);
      await jobs.note({ key: 'b', begunAt: day(2), job: null });
      await jobs.note({ key: 'a', begunAt: day(1), job: null });
      await jobs.note({ key: 'b', begunAt: day(2), job: '554023' });
      expect(await get().connections.jobs(other).load()).toEqual([]);
      expect(await jobs.load()).toEqual([
        { key: 'a', begunAt: day(1), job: null },
        { key: 'b', begunAt: day(2), job: '554023' },
      ]);
      await jobs.forget('a');
      await jobs.forget('a');
      expect((await jobs.load()).map(({ key }) => key)).toEqual(['b']);
    });
  });
}

async function* failing() {
  yield ['5', '6'];
  throw new Error('network');
}
