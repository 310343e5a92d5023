import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeWaiting, parseWaiting, storedWaiting, type Waiting } from '../../src/jobs/waiting.ts';
import { workReasons } from '../../src/jobs/work-queue.ts';

const waitings: fc.Arbitrary<Waiting> = fc.record({
  message: fc.record({
    connection: fc.constant('shop'),
    reason: fc.constantFrom(...workReasons),
  }),
  attempts: fc.nat(20),
  held: fc.boolean(),
  startAt: fc.nat(1_000_000),
});

describe('messages that wait for the same connection', () => {
  it('become the same one in whatever order they came', () => {
    fc.assert(
      fc.property(waitings, waitings, waitings, (a, b, c) => {
        expect(mergeWaiting(a, b)).toEqual(mergeWaiting(b, a));
        expect(mergeWaiting(a, mergeWaiting(b, c))).toEqual(mergeWaiting(mergeWaiting(a, b), c));
        expect(mergeWaiting(a, a)).toEqual(a);
      }),
    );
  });

  it('start at the earliest time, but never before a hold is over, and forget no failure', () => {
    fc.assert(
      fc.property(waitings, waitings, (a, b) => {
        const { attempts, held, startAt } = mergeWaiting(a, b);
        for (const one of [a, b]) {
          expect(attempts).toBeGreaterThanOrEqual(one.attempts);
          if (one.held) expect(startAt).toBeGreaterThanOrEqual(one.startAt);
          if (!held) expect(startAt).toBeLessThanOrEqual(one.startAt);
        }
      }),
    );
  });

  it('are read as they were stored; anything else is no message', () => {
    fc.assert(
      fc.property(waitings, (one) => {
        expect(parseWaiting(JSON.parse(JSON.stringify(storedWaiting(one))))).toEqual(one);
      }),
    );
    for (const stranger of [null, 'shop', {}, { connection: '', reason: 'webhook' }, { reason: 1 }])
      expect(parseWaiting(stranger)).toBeNull();
    expect(parseWaiting({ connection: 'shop', reason: 'because' })).toBeNull();
  });
});
