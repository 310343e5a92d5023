import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ReviewSnapshot } from '../../../src/domain/review.ts';
import type { PolicyText, Word } from '../../../src/store/policy-store.ts';
import { aCustomer, aScore, type GetStore, newConnection, save } from './fixtures.ts';

const word: Word = { by: 'anna', at: '2026-11-22T10:00:00.000Z', why: 'to see' };

function aDraft(): PolicyText & Word {
  const digest = randomUUID();
  return { ...word, version: digest.slice(0, 12), digest, content: { digest }, source: '# why\n' };
}

const when = { asOf: '2026-01-02', champion: 'p1', currency: 'EUR' };

/** A challenger is of no connection: each test ends its own. */
export function describeShadows(get: GetStore): void {
  describe('a challenger', () => {
    it('is one at a time, kept to the letter, and never in force', async () => {
      const { shadows, policies } = get();
      const before = await policies.inForce();
      const draft = aDraft();
      const begun = await shadows.begin(draft);
      expect(begun).toMatchObject({ status: 'challenger', approved: null, replaces: null });
      await expect(shadows.begin(aDraft())).rejects.toMatchObject({ code: 'POLICY_CHALLENGED' });
      expect(await shadows.challenger()).toMatchObject({ number: begun.number, ...draft });
      expect(await policies.inForce()).toEqual(before);
      expect(await shadows.end(word)).toMatchObject({ number: begun.number, status: 'ended' });
      expect(await shadows.challenger()).toBeNull();
      await expect(shadows.end(word)).rejects.toMatchObject({ code: 'POLICY_UNCHALLENGED' });
    });

    it('ends when its rules are retired, and stays when others are published', async () => {
      const { shadows, policies } = get();
      const draft = aDraft();
      const { number } = await shadows.begin(draft);
      const replaces = (await policies.inForce())?.number ?? null;
      await policies.publish({ ...aDraft(), replaces, approved: 'abc' });
      expect(await shadows.challenger()).toMatchObject({ number });
      await policies.retire(draft.version, word);
      expect(await shadows.challenger()).toBeNull();
      expect(await policies.release(number)).toMatchObject({ status: 'retired' });
      await expect(shadows.begin(draft)).rejects.toMatchObject({ code: 'POLICY_RETIRED' });
    });

    it('keeps what it gives beside the scores that are there, and begins anew when asked', async () => {
      const store = get();
      const c = newConnection();
      const { number: release } = await store.shadows.begin(aDraft());
      await save(store, c, { customers: [aCustomer('1'), aCustomer('2')] });
      await store.scores.save(c, 'run-1', [aScore('1', { tier: 'gold' }), aScore('2')]);
      await store.shadows.open(c, { ...when, release });
      expect(await store.shadows.snapshot(c)).toEqual({ ...when, release, isComplete: false });
      const row = (customer: string) => ({ customer, value: 40, tier: 'silver' });
      await store.shadows.save(c, [row('1'), row('2'), row('nobody')]);
      await store.shadows.close(c);
      expect(await store.shadows.snapshot(c)).toMatchObject({ isComplete: true });
      const pairs = await store.shadows.pairs(c, ['1', '2', 'nobody']);
      expect([...pairs.keys()].toSorted()).toEqual(['1', '2']);
      expect(pairs.get('1')).toMatchObject({
        champion: { tier: 'gold' },
        challenger: { value: 40, tier: 'silver' },
      });
      await store.erasures.erase(c, ['1'], { asked: 'person' });
      expect([...(await store.shadows.pairs(c, ['1', '2'])).keys()]).toEqual(['2']);
      await store.shadows.open(c, { ...when, release, asOf: '2026-02-02' });
      expect((await store.shadows.pairs(c, ['2'])).size).toBe(0);
      await store.shadows.save(c, [row('2')]);
      const since = { before: '2026-03-01T00:00:00Z', idleBefore: '2026-03-01T00:00:00Z' };
      const { signal } = new AbortController();
      expect(await store.retention.forget(c, since, signal)).toMatchObject({ shadows: 1 });
      await store.shadows.end(word);
      expect(await store.shadows.snapshot(c)).toBeNull();
    });
  });

  describe('a review', () => {
    const bins = { edges: [10], counts: [1, 1, 0] };
    const snapshot: ReviewSnapshot = {
      ...{ asOf: '2026-01-02', currency: 'EUR', policyVersion: 'p1', customers: 2 },
      classes: { value_tier: { gold: { customers: 2, netMinor: 100 } } },
      bins: { value: bins, recency: bins, frequency: bins, monetary: bins },
    };
    const done = { at: '2026-01-03T10:00:00.000Z', by: 'anna', on: '2026-01-03', snapshot };

    it('is kept, and rows tell what customers were at it', async () => {
      const store = get();
      const c = newConnection();
      expect(await store.reviews.last(c)).toBeNull();
      await save(store, c, { customers: [aCustomer('1'), aCustomer('2'), aCustomer('3')] });
      await store.scores.save(c, 'run-1', [aScore('1', { tier: 'gold' }), aScore('2')]);
      await store.reviews.done(c, { ...done, why: 'it holds', nextOn: '2026-04-01' });
      expect(await store.reviews.last(c)).toEqual(done);
      await store.scores.save(c, 'run-2', [
        ...[aScore('1', { tier: 'silver' }), aScore('3', { tier: 'gold' })],
        aScore('2', { optedOut: true }),
      ]);
      const rows = await store.reviews.rows(c, { after: null, limit: 10 });
      expect(rows).toMatchObject([
        { customer: '1', tier: 'silver', isKnown: true, tierBefore: 'gold' },
        { customer: '3', tier: 'gold', isKnown: false, tierBefore: null },
      ]);
      expect(await store.reviews.rows(c, { after: '1', limit: 1 })).toMatchObject([
        { customer: '3' },
      ]);
      await store.connections.forget(c);
      expect(await store.reviews.last(c)).toBeNull();
    });
  });
}
