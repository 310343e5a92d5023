import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelNames } from '../../../src/domain/models.ts';
import { lifetimeValue, type ValueTerms } from '../../../src/score/clv/clv.ts';
import { models } from '../../../src/score/clv/models.ts';
import { daysPer, timeUnits } from '../../../src/score/clv/time-unit.ts';
import { expectClose } from './close-to.ts';

const params = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const history = { x: 2, tx: 30.43, T: 38.86 };
const valued = {
  model: 'bgnbd' as const,
  unit: 'week' as const,
  params,
  history,
  spendPerOrder: 24.65,
};
const terms: ValueTerms = { years: 1, margin: 1, discount: 0 };

describe('lifetime value', () => {
  it.each(modelNames)(
    'undiscounted is orders times spend, in years of 365.25 days (%s)',
    (model) => {
      const { expectedOrders } = models[model];
      const orders = expectedOrders(params, history, 365.25 / 7);
      expectClose(lifetimeValue({ ...valued, model }, terms), orders * 24.65, 1e-12);
    },
  );

  it('is the same in every unit of time', () => {
    for (const unit of timeUnits) {
      const factor = 7 / daysPer[unit];
      const other = {
        ...valued,
        unit,
        params: { ...params, alpha: params.alpha * factor },
        history: { x: 2, tx: history.tx * factor, T: history.T * factor },
      };
      const discounted = { ...terms, discount: 0.1, years: 3 };
      expectClose(lifetimeValue(other, discounted), lifetimeValue(valued, discounted), 1e-11);
    }
  });

  it('counts a month’s money at its end', () => {
    const month = 365.25 / 12 / 7;
    const [first, second] = [1, 2].map((end) =>
      models.bgnbd.expectedOrders(params, history, end * month),
    );
    const twoMonths = lifetimeValue(valued, { years: 2 / 12, margin: 0.4, discount: 0.1 });
    const money = (first ?? 0) / 1.1 ** (1 / 12) + ((second ?? 0) - (first ?? 0)) / 1.1 ** (1 / 6);
    expectClose(twoMonths, money * 24.65 * 0.4, 1e-12);
  });

  it('grows with years, margin and spend, and falls with the discount', () => {
    const upTo = (max: number) => fc.double({ min: 0, max, noNaN: true });
    fc.assert(
      fc.property(upTo(10), upTo(0.5), upTo(3), upTo(2), (years, margin, discount, more) => {
        const value = lifetimeValue(valued, { years, margin, discount });
        const least = value * (1 - 1e-9);
        expect(value).toBeGreaterThanOrEqual(0);
        const changed = (by: Partial<ValueTerms>): number =>
          lifetimeValue(valued, { ...{ years, margin, discount }, ...by });
        expect(changed({ years: years + 1 + more })).toBeGreaterThanOrEqual(least);
        expect(changed({ margin: margin + more / 4 })).toBeGreaterThanOrEqual(least);
        expect(changed({ discount: discount + more })).toBeLessThanOrEqual(value * (1 + 1e-9));
      }),
      { numRuns: 50 },
    );
  });

  it('is nothing without time, and refuses what is no term', () => {
    expect(lifetimeValue(valued, { ...terms, years: 0 })).toBe(0);
    expect(() => lifetimeValue(valued, { ...terms, years: -1 })).toThrow(RangeError);
    expect(() => lifetimeValue(valued, { ...terms, margin: 2 })).toThrow(RangeError);
    expect(() => lifetimeValue(valued, { ...terms, discount: Number.NaN })).toThrow(RangeError);
    expect(() => lifetimeValue({ ...valued, spendPerOrder: -1 }, terms)).toThrow(RangeError);
  });
});
