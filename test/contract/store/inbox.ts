import { describe, expect, it } from 'vitest';
import type { Hint } from '../../../src/domain/hint.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { type GetStore, newConnection } from './fixtures.ts';

const start = Date.parse('2026-03-01T09:00:00Z');
const at = (ms: number) => new Date(start + ms).toISOString();
const settings = { debounceMs: 5_000, maxWaitMs: 30_000, limit: 100 };

function aHint(key: string, values: Partial<Hint> = {}): Hint {
  return { key, object: 'deals', id: '1', kind: 'changed', at: at(0), ...values };
}

/** What webhooks said waits until somebody has looked. */
export function describeInbox(get: GetStore): void {
  const ready = (connection: string, ms: number, other: Partial<typeof settings> = {}) =>
    get().inbox.ready(connection, { ...settings, ...other, now: at(ms) });
  const idsReady = async (connection: string, ms: number, other = {}) =>
    (await ready(connection, ms, other)).map(({ id }) => id);

  describe('the inbox', () => {
    it('counts a hint once, however often and in whatever company it comes', async () => {
      const c = newConnection();
      expect(await get().inbox.add(c, [aHint('a'), aHint('b'), aHint('a')], at(0))).toBe(2);
      expect(await get().inbox.add(c, [aHint('a'), aHint('c')], at(1))).toBe(1);
      expect(await get().inbox.add(newConnection(), [aHint('a')], at(1))).toBe(1);
      expect(await get().inbox.add(c, [], at(1))).toBe(0);
    });

    it('makes one address of a burst, ready when it has been quiet', async () => {
      const c = newConnection();
      await get().inbox.add(c, [aHint('a', { at: at(-9) })], at(0));
      await get().inbox.add(c, [aHint('b', { kind: 'linked' }), aHint('c')], at(4_000));
      await get().inbox.add(c, [aHint('d', { object: 'customers' })], at(0));
      expect(await ready(c, 5_000)).toMatchObject([{ object: 'customers', id: '1', hints: 1 }]);
      expect(await ready(c, 9_000)).toEqual([
        {
          ...{ object: 'deals', id: '1', kinds: ['changed', 'linked'], hints: 3 },
          ...{ arrivedAt: at(0), at: at(-9), upTo: expect.any(Number) },
        },
        expect.objectContaining({ object: 'customers' }),
      ]);
    });

    it('does not put off for ever what is never quiet', async () => {
      const c = newConnection();
      for (let ms = 0; ms <= 30_000; ms += 2_000)
        await get().inbox.add(c, [aHint(`at ${ms}`)], at(ms));
      expect(await idsReady(c, 29_999)).toEqual([]);
      expect(await idsReady(c, 30_000)).toEqual(['1']);
    });

    it('gives those that have waited longest first, and no more than asked', async () => {
      const c = newConnection();
      for (const id of ['3', '1', '2']) await get().inbox.add(c, [aHint(id, { id })], at(0));
      expect(await idsReady(c, 9_000)).toEqual(['3', '1', '2']);
      expect(await idsReady(c, 9_000, { limit: 2 })).toEqual(['3', '1']);
    });

    it('does not wait for a time that a wrong clock has written', async () => {
      const c = newConnection();
      await get().inbox.add(c, [aHint('ahead')], at(3_600_000));
      expect(await idsReady(c, 0)).toEqual(['1']);
    });

    it('leaves waiting what came after the look, and takes no double of what is done', async () => {
      const c = newConnection();
      await get().inbox.add(c, [aHint('a')], at(0));
      const looked = await ready(c, 9_000);
      await get().inbox.add(c, [aHint('b')], at(9_000));
      await get().inbox.done(c, looked);
      expect(await get().inbox.add(c, [aHint('a')], at(9_001))).toBe(0);
      expect(await ready(c, 15_000)).toMatchObject([{ id: '1', hints: 1 }]);
      await get().inbox.done(c, await ready(c, 15_000));
      expect(await ready(c, 99_000)).toEqual([]);
      await get().inbox.done(c, []);
    });

    it('says what waits, and since when', async () => {
      const c = newConnection();
      await get().inbox.add(c, [aHint('a'), aHint('b'), aHint('c', { id: '2' })], at(7));
      const mine = async () =>
        (await get().inbox.waiting()).filter(({ connection }) => connection === c);
      expect(await mine()).toEqual([{ connection: c, hints: 3, records: 2, oldestAt: at(7) }]);
      await get().inbox.done(c, await ready(c, 9_000));
      expect(await mine()).toEqual([]);
    });

    it('forgets keys when no double can come any more', async () => {
      const c = newConnection();
      const old = Date.parse('2001-01-01T00:00:00Z') - start;
      await get().inbox.add(c, [aHint('old')], at(old));
      await get().inbox.done(c, await ready(c, old + 9_000));
      await get().inbox.add(c, [aHint('new')], at(0));
      expect(await get().inbox.purge(at(old + 1))).toBe(1);
      expect(await get().inbox.add(c, [aHint('old'), aHint('new')], at(0))).toBe(1);
    });

    it('takes ten thousand hints at once', async () => {
      const c = newConnection();
      const hints = Array.from({ length: 10_000 }, (_, n) => aHint(`${n}`, { id: `${n % 500}` }));
      expect(await get().inbox.add(c, hints, at(0))).toBe(10_000);
      expect(await idsReady(c, 9_000, { limit: 1_000 })).toHaveLength(500);
    });
  });

  describe('channels', () => {
    it('are kept as they were saved last', async () => {
      const c = newConnection();
      const channel = (id: string) => ({ id, token: new Secret(`sealed ${id}`), expiresAt: at(1) });
      await get().channels.save(c, [channel('2'), channel('1')]);
      const loaded = await get().channels.load(c);
      expect(loaded.map(({ id, token }) => [id, token.reveal()])).toEqual([
        ['1', 'sealed 1'],
        ['2', 'sealed 2'],
      ]);
      await get().channels.save(c, [{ ...channel('3'), expiresAt: at(2) }]);
      const expiries = await get().channels.expiries();
      expect(expiries.filter(({ connection }) => connection === c)).toEqual([
        { connection: c, id: '3', expiresAt: at(2) },
      ]);
      await get().channels.save(c, []);
      expect(await get().channels.load(c)).toEqual([]);
    });
  });

  describe('bindings', () => {
    it('name the account of each connection that has one', async () => {
      const [bound, unbound] = [newConnection(), newConnection()];
      const identity = { crm: 'hubspot', accountId: '4711', subject: 'contact' } as const;
      await get().connections.bind(bound, identity);
      await get().connections.saveCredential(unbound, new Secret('sealed'));
      const bindings = await get().connections.bindings();
      expect(bindings.filter(({ connection }) => [bound, unbound].includes(connection))).toEqual([
        { connection: bound, crm: 'hubspot', accountId: '4711' },
      ]);
    });
  });
}
