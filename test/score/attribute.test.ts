import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOf } from '../../src/score/attribute.ts';

const customers = fc
  .uniqueArray(fc.integer({ min: 1, max: 500 }).map(String), { minLength: 1, maxLength: 300 })
  .chain((ids) =>
    fc
      .array(fc.boolean(), { minLength: ids.length, maxLength: ids.length })
      .map((marks) => ids.map((id, at) => ({ id, primary: marks[at] ?? false }))),
  );
const minor = fc.integer({ min: -1e14, max: 1e14 });

function sharesOf(
  given: readonly { readonly id: string; readonly primary: boolean }[],
  amount: number,
  rule: 'split' | 'primary' | 'all',
): readonly number[] {
  return given.map(({ id }) => shareOf(id, amount, given, rule) ?? 0);
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

describe('sharing a deal', () => {
  it('adds up to the deal under split and primary, refunds too', () => {
    fc.assert(
      fc.property(customers, minor, fc.constantFrom('split', 'primary'), (given, amount, rule) => {
        expect(total(sharesOf(given, amount, rule))).toBe(amount);
      }),
    );
  });

  it('splits into shares that differ by one minor unit at most', () => {
    fc.assert(
      fc.property(customers, minor, (given, amount) => {
        const shares = sharesOf(given, amount, 'split');
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not depend on the order of the customers', () => {
    fc.assert(
      fc.property(customers, minor, fc.constantFrom('split', 'primary'), (given, amount, rule) => {
        const reversed = given.toReversed();
        for (const { id } of given)
          expect(shareOf(id, amount, reversed, rule)).toBe(shareOf(id, amount, given, rule));
      }),
    );
  });

  const three = ['20', '9', '100'].map((id) => ({ id, primary: id === '20' }));

  it('gives the odd units to the lowest ids, by number and not by text', () => {
    expect(sharesOf(three, 11, 'split')).toEqual([4, 4, 3]);
    expect(sharesOf(three, 10, 'split')).toEqual([3, 4, 3]);
    expect(sharesOf(three, -11, 'split')).toEqual([-4, -4, -3]);
  });

  it('gives all to the marked customer, the lowest id of several or none marked', () => {
    expect(shareOf('20', 11, three, 'primary')).toBe(11);
    expect(shareOf('9', 11, three, 'primary')).toBeNull();
    const unmarked = three.map(({ id }) => ({ id, primary: false }));
    expect(shareOf('9', 11, unmarked, 'primary')).toBe(11);
  });

  it('gives all to each under all', () => {
    expect(sharesOf(three, 11, 'all')).toEqual([11, 11, 11]);
  });

  it('counts a customer linked twice once', () => {
    const twice = [...three, { id: '20', primary: false }];
    expect(shareOf('20', 12, twice, 'split')).toBe(4);
  });

  it('refuses a rule that it does not know', () => {
    expect(() => shareOf('9', 11, three, JSON.parse('"by-weight"'))).toThrow(TypeError);
  });

  it('gives nothing to a customer that is not on the deal', () => {
    expect(shareOf('5', 11, three, 'all')).toBeNull();
    expect(shareOf('5', 11, [], 'primary')).toBeNull();
  });
});
