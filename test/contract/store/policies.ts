import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Publication, Word } from '../../../src/store/policy-store.ts';
import { aCustomer, aScore, type GetStore, newConnection, save } from './fixtures.ts';

const word: Word = { by: 'anna', at: '2026-11-22T10:00:00.000Z', why: 'a better standard' };

function aPolicy(rules = randomUUID(), looks = randomUUID()) {
  const version = rules.slice(0, 12);
  return { version, digest: looks, content: { rules, looks }, source: `# why\nrules: ${rules}\n` };
}

/** The policies of a store are of no connection: each test goes on from what is in force. */
export function describePolicies(get: GetStore): void {
  const publication = async (given: Partial<Publication> = {}): Promise<Publication> => ({
    ...{ ...aPolicy(), ...word, approved: 'abc' },
    replaces: (await get().policies.inForce())?.number ?? null,
    ...given,
  });
  const publish = async (given: Partial<Publication> = {}) =>
    await get().policies.publish(await publication(given));

  describe('policies', () => {
    it('has the file in force until one is published', async () => {
      const store = get();
      if ((await store.policies.list()).length === 0)
        expect(await store.policies.inForce()).toBeNull();
      const given = aPolicy();
      const release = await publish(given);
      expect(await store.policies.inForce()).toEqual({
        number: release.number,
        digest: given.digest,
      });
    });

    it('keeps what was published to the letter, with who, when and why', async () => {
      const given = aPolicy();
      const { number, replaces } = await publish(given);
      expect(await get().policies.release(number)).toEqual({
        ...{ number, ...given, ...word, status: 'published', replaces },
        ...{ approved: 'abc', retired: null },
      });
      expect(await get().policies.release(number + 1)).toBeNull();
    });

    it('has one in force at any time: the next one replaces it', async () => {
      const first = await publish();
      const second = await publish();
      expect(second).toMatchObject({ number: first.number + 1, replaces: first.number });
      const list = await get().policies.list();
      expect(list.filter(({ status }) => status === 'published')).toMatchObject([second]);
      expect(list.find(({ number }) => number === first.number)?.status).toBe('replaced');
    });

    it('lets one of two publish who saw the same in force, and tells the other', async () => {
      await publish();
      const [one, other] = [await publication(), await publication()];
      const both = await Promise.allSettled([
        get().policies.publish(one),
        get().policies.publish(other),
      ]);
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'POLICY_MOVED_ON', disposition: 'ask' },
      });
    });

    it('publishes the same rules again, as a release of its own', async () => {
      const given = aPolicy();
      const first = await publish(given);
      await publish();
      const again = await publish(given);
      expect(again.number).toBe(first.number + 2);
      expect(again.version).toBe(first.version);
    });

    it('never publishes again what was retired, by any of its names', async () => {
      const rules = randomUUID();
      const given = aPolicy(rules);
      await publish(given);
      await publish();
      expect(await get().policies.retire(given.version, word)).toBe(1);
      await expect(publish(aPolicy(rules))).rejects.toMatchObject({ code: 'POLICY_RETIRED' });
      await expect(get().policies.retire(given.version, word)).rejects.toMatchObject({
        code: 'POLICY_RETIRED',
      });
      const [old] = (await get().policies.list()).filter(({ status }) => status === 'retired');
      expect(old).toMatchObject({ version: given.version, retired: word });
    });

    it('does not retire what is in force, under whatever looks', async () => {
      const rules = randomUUID();
      const given = aPolicy(rules);
      await publish(given);
      await publish(aPolicy(rules));
      await expect(get().policies.retire(given.version, word)).rejects.toMatchObject({
        code: 'POLICY_IN_FORCE',
      });
    });

    it('counts the scores that carry each version, and says when all do', async () => {
      const [store, c] = [get(), newConnection()];
      const given = aPolicy();
      const { number } = await publish(given);
      expect(await store.policies.hasScoredAll(c, given.version)).toBe(true);
      await save(store, c, { customers: [aCustomer('1'), aCustomer('2')] });
      const by = (policyVersion: string) => ({ ...aScore('1'), policyVersion });
      await store.scores.save(c, 'r1', [by(given.version)]);
      expect(await store.policies.hasScoredAll(c, given.version)).toBe(true);
      await store.scores.save(c, 'r1', [{ ...by('other'), customerId: '2' }]);
      expect(await store.policies.hasScoredAll(c, given.version)).toBe(false);
      const listed = (await store.policies.list()).find((release) => release.number === number);
      expect(listed?.scores).toBe(1);
    });
  });
}
