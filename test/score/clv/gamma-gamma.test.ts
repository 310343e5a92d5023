import { describe, expect, it } from 'vitest';
import { correlation } from '../../../src/score/clv/correlation.ts';
import { fit as fitted } from '../../../src/score/clv/fit.ts';
import { expectedSpend, spendLogLikelihood } from '../../../src/score/clv/gamma-gamma.ts';
import { expectClose } from './close-to.ts';
import { simulated } from './simulate.ts';

/** Fader & Hardie, note 025, with the digits behind p 6.25, q 3.74, gamma 15.44. */
const published = { p: 6.249572, q: 3.744225, gamma: 15.443521 };

describe('Gamma-Gamma', () => {
  it('gives the published spend of who has not ordered again', () => {
    expect(expectedSpend(published, 0, 0).toFixed(2)).toBe('35.17');
  });

  it('draws a customer’s own mean to that of all, less so with more orders', () => {
    const all = expectedSpend(published, 0, 0);
    const spends = [1, 2, 10, 1_000, 1e9].map((x) => expectedSpend(published, x, 100));
    expect([all, ...spends]).toEqual([all, ...spends].toSorted((left, right) => left - right));
    expectClose(spends.at(-1) ?? 0, 100, 1e-7);
    expect(expectedSpend(published, 3, 0)).toBe(all);
  });

  it('has a density', () => {
    const step = 0.01;
    let mass = 0;
    for (let spend = step / 2; spend < 2_000; spend += step)
      mass += step * Math.exp(spendLogLikelihood(published, 2, spend));
    expectClose(mass, 1, 1e-4);
  });

  it('is fitted to the likelihood of its customers', () => {
    const { x, spend, ...base } = simulated(1_000);
    const { gammaGamma } = fitted({ ...base, x, spend });
    if (gammaGamma === null) throw new Error('not fitted');
    const logs = Array.from(x, (orders, row) =>
      orders === 0 ? 0 : spendLogLikelihood(gammaGamma, orders, spend[row] ?? 0),
    );
    expectClose(
      gammaGamma.logLikelihood,
      logs.reduce((sum, log) => sum + log, 0),
    );
  });
});

it('a correlation needs three values that vary', () => {
  const column = Float64Array.from([1, 2, 4]);
  expect(correlation(column, column)).toBe(1);
  expect(
    correlation(
      column,
      column.map((value) => -value),
    ),
  ).toBe(-1);
  expect(correlation(column, Float64Array.from([5, 5, 5]))).toBeNull();
  expect(correlation(column.slice(1), column.slice(1))).toBeNull();
  const equal = new Float64Array(200);
  expect(correlation(equal.fill(2), new Float64Array(200).fill(10))).toBeNull();
  expect(correlation(equal.fill(0), new Float64Array(200).fill(0.1))).toBeNull();
});
