import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyAccountCut } from '../../src/score/key-account-cut.ts';

const cut = (nets: readonly number[], share = 0.8) =>
  keyAccountCut(Float64Array.from(nets).sort(), share);
const sum = (nets: readonly number[]): number => nets.reduce((total, net) => total + net, 0);

describe('key accounts', () => {
  it('are the 20 of 100 customers who carry 80 %', () => {
    const nets = Array.from({ length: 100 }, (_, at) => (at < 20 ? 1600 - at : 100));
    const even = nets.map((net, at) => (at < 20 ? 1600 : net));
    expect(cut(even)).toEqual({
      fromMinor: 1600,
      customers: 20,
      shareOfCustomers: 0.2,
      shareOfNet: 0.8,
    });
    expect(cut(nets)).toMatchObject({ fromMinor: 100, customers: 100 });
  });

  it('are reported as they really split: 80/20 is not forced', () => {
    const nets = Array.from({ length: 10 }, (_, at) => 101 + at);
    expect(cut(nets)).toMatchObject({ fromMinor: 103, customers: 8, shareOfCustomers: 0.8 });
    expect(cut([5, 5, 5, 5], 0.3)).toMatchObject({ customers: 4, shareOfNet: 1 });
  });

  it('are nobody where nobody has a net amount above 0', () => {
    expect(cut([])).toBeNull();
    expect(cut([0, -500])).toBeNull();
    expect(cut([-500, 0, 20])).toMatchObject({ fromMinor: 20, customers: 1, shareOfNet: 1 });
  });

  it('are the fewest who hold the share, equal amounts together', () => {
    const nets = fc.array(fc.integer({ min: -50, max: 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(nets, fc.integer({ min: 1, max: 99 }), (given, percent) => {
        const found = cut(given, percent / 100);
        const positive = given.filter((net) => net > 0);
        if (found === null) {
          expect(positive).toEqual([]);
          return;
        }
        const among = given.filter((net) => net >= found.fromMinor);
        const above = given.filter((net) => net > found.fromMinor);
        expect(found.customers).toBe(among.length);
        expect(found.fromMinor).toBeGreaterThan(0);
        expect(100 * sum(among)).toBeGreaterThanOrEqual(percent * sum(positive));
        expect(100 * sum(above)).toBeLessThan(percent * sum(positive));
        expect(found.shareOfNet).toBeCloseTo(sum(among) / sum(positive), 12);
      }),
    );
  });
});
