import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSealedBy, parseSealKey, seal, unseal } from '../../../src/lib/seal.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { resealAll } from '../../../src/store/reseal.ts';
import type { Store } from '../../../src/store/store.ts';
import { aCustomer, aDeal, newConnection, save, world } from './fixtures.ts';

const signal = new AbortController().signal;
const aKey = () => parseSealKey(new Secret(randomBytes(32).toString('hex')));
const text = new Secret('a refresh token');
const expiresAt = '2026-11-23T00:00:00Z';

async function withSecrets(store: Store, key: ReturnType<typeof aKey>) {
  const c = newConnection();
  await store.connections.saveCredential(c, seal(text, key));
  const channels = ['1', '2'].map((id) => ({ id, token: seal(text, key), expiresAt }));
  await store.channels.save(c, channels);
  return c;
}

async function sealedOf(store: Store, c: string) {
  const all = await store.sealed.all();
  return all.filter(({ connection }) => connection === c).map(({ sealed }) => sealed);
}

export function describeSecrets(get: () => Store): void {
  describe('sealed texts', () => {
    it('are sealed anew, all of them, and once is enough', async () => {
      const [old, next] = [aKey(), aKey()];
      const c = await withSecrets(get(), old);
      const first = await resealAll(get(), [next, old], signal);
      expect(first.resealed).toBe(3);
      const after = await sealedOf(get(), c);
      expect(after.map((one) => isSealedBy(one, next))).toEqual([true, true, true]);
      expect(after.map((one) => unseal(one, [next]).reveal())).toEqual(
        Array(3).fill(text.reveal()),
      );
      const again = await resealAll(get(), [next, old], signal);
      expect(again).toMatchObject({ resealed: 0, current: first.current + 3 });
      expect((await sealedOf(get(), c)).map((one) => one.reveal())).toEqual(
        after.map((one) => one.reveal()),
      );
    });

    it('open with one of the two keys wherever a rotation ended, and the next goes on', async () => {
      const [old, next] = [aKey(), aKey()];
      const c = await withSecrets(get(), old);
      for (const left of [2, 1, 0]) {
        const stop = new AbortController();
        const { sealed } = get();
        const replace: typeof sealed.replace = async (one, by) => {
          const done = await sealed.replace(one, by);
          stop.abort(new Error('killed'));
          return done;
        };
        const rotation = resealAll({ sealed: { ...sealed, replace } }, [next, old], stop.signal);
        await rotation.catch(() => undefined);
        const texts = await sealedOf(get(), c);
        expect(texts.map((one) => unseal(one, [next, old]).reveal())).toEqual(
          Array(3).fill(text.reveal()),
        );
        expect(texts.filter((one) => isSealedBy(one, old))).toHaveLength(left);
      }
    });

    it('that another process renewed meanwhile are not put back', async () => {
      const [old, next] = [aKey(), aKey()];
      const c = await withSecrets(get(), old);
      const { sealed, connections } = get();
      let isFirst = true;
      const replace: typeof sealed.replace = async (one, by) => {
        if (isFirst && one.connection === c)
          await connections.saveCredential(c, seal(new Secret('renewed'), old));
        isFirst = false;
        return await sealed.replace(one, by);
      };
      await resealAll({ sealed: { ...sealed, replace } }, [next, old], signal);
      const kept = await connections.loadCredential(c);
      expect(kept && unseal(kept, [next]).reveal()).toBe('renewed');
    });

    it('that neither key opens are named and left as they are', async () => {
      const [lost, next] = [aKey(), aKey()];
      const c = await withSecrets(get(), lost);
      const { unreadable } = await resealAll(get(), [next, aKey()], signal);
      expect(unreadable.filter(({ connection }) => connection === c)).toEqual([
        { place: 'channel', connection: c, id: '1' },
        { place: 'channel', connection: c, id: '2' },
        { place: 'credential', connection: c, id: '' },
      ]);
      const kept = await get().connections.loadCredential(c);
      expect(kept && unseal(kept, [lost]).reveal()).toBe(text.reveal());
    });
  });

  describe('a connection that is forgotten', () => {
    it('leaves nothing behind, takes nothing from others, and may be another account', async () => {
      const [c, other] = [newConnection(), newConnection()];
      const identity = { crm: 'hubspot', accountId: '1', subject: 'contact' } as const;
      for (const one of [c, other]) {
        await save(get(), one, { customers: [aCustomer('1')], deals: [aDeal('7', ['1'])] });
        await get().connections.bind(one, identity);
        await get().connections.saveCredential(one, new Secret('sealed'));
        await get().connections.addQuota(one, '2026-01-01', 3);
      }
      const before = await world(get(), other);
      await get().connections.forget(c);
      expect(await world(get(), c)).toEqual([]);
      expect(await get().records.counts(c)).toMatchObject({ customers: 0, deals: 0 });
      expect(await get().connections.loadCredential(c)).toBeNull();
      expect(await get().connections.quotaUsedSince(c, '2026-01-01')).toBe(0);
      await get().connections.bind(c, { ...identity, accountId: '2' });
      expect(await world(get(), other)).toEqual(before);
      expect((await get().connections.loadCredential(other))?.reveal()).toBe('sealed');
    });
  });
}
