import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circles } from '../../src/store/referral-circles.ts';

const ids = ['1', '2', '3', '4', '5', '6'];

describe('circles of referrals', () => {
  it('are found, and who was sent by one of them is not on it', () => {
    const found = circles(
      new Map([
        ['1', '2'],
        ['2', '3'],
        ['3', '1'],
        ['4', '1'],
        ['5', '6'],
      ]),
    );
    expect([...found].sort()).toEqual(['1', '2', '3']);
  });

  it('hold whoever comes back to itself by going from referrer to referrer', () => {
    const referrers = fc.uniqueArray(
      fc.record({ id: fc.constantFrom(...ids), referrer: fc.constantFrom(...ids) }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(referrers, (edges) => {
        const referrerOf = new Map(edges.map(({ id, referrer }) => [id, referrer]));
        const comesBack = (id: string): boolean => {
          let at = referrerOf.get(id);
          for (let steps = 0; steps < ids.length && at !== undefined; steps += 1) {
            if (at === id) return true;
            at = referrerOf.get(at);
          }
          return false;
        };
        expect([...circles(referrerOf)].sort()).toEqual(ids.filter(comesBack));
      }),
    );
  });
});
