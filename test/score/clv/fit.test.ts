import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelNames } from '../../../src/domain/models.ts';
import { cellsOf } from '../../../src/score/clv/cells.ts';
import { type Fit, type FitInput, fit as fitted } from '../../../src/score/clv/fit.ts';
import { models } from '../../../src/score/clv/models.ts';
import { nbdObjective } from '../../../src/score/clv/nbd-objective.ts';
import { daysPer, timeUnits } from '../../../src/score/clv/time-unit.ts';
import { expectClose } from './close-to.ts';
import { mulberry32, shop, simulated } from './simulate.ts';

const base = simulated(4_000);

function codes(found: Fit): readonly string[] {
  return found.warnings.map(({ code }) => code);
}

function numbersOf(found: Fit): readonly number[] {
  const { p = 1, q = 1, gamma = 1, logLikelihood = 0 } = found.gammaGamma ?? {};
  return [...Object.values(found.params), found.logLikelihood, p, q, gamma, logLikelihood];
}

describe('a fit', () => {
  it.each(modelNames)('of customers as %s has them finds their parameters', (model) => {
    const truth = { ...shop, leavesAtOnce: model === 'mbgnbd' };
    const { params, gammaGamma, warnings } = fitted(simulated(20_000, truth));
    expect(warnings).toEqual([]);
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      expect(Math.abs(Math.log(params[name] / truth[name])), name).toBeLessThan(0.2);
    for (const name of ['p', 'q', 'gamma'] as const)
      expect(Math.abs(Math.log((gammaGamma?.[name] ?? 0) / truth[name])), name).toBeLessThan(0.15);
  });

  it('is at the top: no step to any side is better, and the likelihood is the customers’ own', () => {
    const { params, logLikelihood } = fitted(base);
    const at = (given: typeof params): number => {
      const parts = Array.from(base.x, (x, row) =>
        models.bgnbd.logLikelihood(given, { x, tx: base.tx[row] ?? 0, T: base.T[row] ?? 0 }),
      );
      return parts.reduce((sum, part) => sum + part, 0);
    };
    expectClose(logLikelihood, at(params), 1e-12);
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      for (const factor of [0.99, 1.01])
        expect(at({ ...params, [name]: params[name] * factor })).toBeLessThan(logLikelihood);
  });

  it('has the same r, a and b in days, weeks, months and years, alpha in proportion', () => {
    const weeks = fitted(base);
    for (const unit of timeUnits) {
      const factor = 7 / daysPer[unit];
      const inUnit = (time: Float64Array): Float64Array => time.map((value) => value * factor);
      const { params } = fitted({ ...base, unit, tx: inUnit(base.tx), T: inUnit(base.T) });
      for (const name of ['r', 'a', 'b'] as const)
        expectClose(params[name], weeks.params[name], 1e-6);
      expectClose(params.alpha, weeks.params.alpha * factor, 1e-6);
    }
  });

  it('does not depend on the order of the customers', () => {
    const random = mulberry32(5);
    const order = Array.from(base.x.keys(), (row) => ({ row, key: random() }))
      .sort((left, right) => left.key - right.key)
      .map(({ row }) => row);
    const moved = (column: Float64Array): Float64Array =>
      Float64Array.from(order, (row) => column[row] ?? 0);
    const other = fitted({
      ...base,
      ...{ x: moved(base.x), tx: moved(base.tx), T: moved(base.T), spend: moved(base.spend) },
    });
    expect(other.params).toEqual(fitted(base).params);
    expect(other.gammaGamma).toEqual(fitted(base).gammaGamma);
  });

  it('gives money in the currency’s own unit', () => {
    const inCents = fitted({ ...base, spend: base.spend.map((amount) => amount * 100) });
    expectClose(inCents.gammaGamma?.gamma ?? 0, 100 * (fitted(base).gammaGamma?.gamma ?? 0), 1e-5);
    expectClose(inCents.gammaGamma?.q ?? 0, fitted(base).gammaGamma?.q ?? 0, 1e-5);
  });

  it('of a base too large to search all of it at every start is that of the whole', () => {
    const large = simulated(30_000);
    const { params } = fitted(large);
    const objective = nbdObjective(cellsOf(large), 0);
    const { r, alpha, a, b } = params;
    for (const slope of objective([r, alpha, a, b].map(Math.log)).gradient)
      expect(Math.abs(slope)).toBeLessThan(1e-4);
  });
});

describe('at its edges a fit says what it sees', () => {
  it('nobody leaves', () => {
    const loyal = simulated(3_000, { ...shop, a: 1e-9 });
    for (const model of modelNames) {
      const found = fitted({ ...loyal, model });
      expect(codes(found)).toContain('no-dropout');
      const history = { x: 4, tx: 30, T: 50 };
      expect(models[model].probabilityAlive(found.params, history)).toBeGreaterThan(0.95);
    }
  });

  it('all order at the same rate', () => {
    const even = simulated(3_000, { ...shop, r: 3_000, alpha: 30_000 });
    expect(codes(fitted(even))).toContain('equal-rates');
  });

  it('all are as likely to leave', () => {
    const alike = simulated(6_000, { ...shop, r: 3, a: 3e5, b: 7e5 });
    expect(codes(fitted(alike))).toContain('equal-dropout');
  });

  it('all orders are of one amount', () => {
    const spend = base.spend.map(() => 25);
    expect(codes(fitted({ ...base, spend }))).toContain('spend-boundary');
  });

  it('who orders more spends more an order', () => {
    const spend = base.x.map((x) => 10 * x + 5);
    const found = fitted({ ...base, spend });
    expect(codes(found)).toContain('spend-correlated');
    expectClose(found.frequencySpendCorrelation ?? 0, 1, 1e-12);
  });
});

describe('too little data', () => {
  const first = (count: number): FitInput => ({
    ...base,
    ...{ x: base.x.slice(0, count), tx: base.tx.slice(0, count), T: base.T.slice(0, count) },
    spend: base.spend.slice(0, count),
  });

  it.each([0, 1, 8, 29])('%s customers: an assumed answer that says so', (count) => {
    for (const model of modelNames) {
      const found = fitted({ ...first(count), model });
      expect(found).toMatchObject({ basis: 'fallback', customers: count });
      expect(codes(found)).toContain('too-little-data');
      for (const number of numbersOf(found)) expect(number).toSatisfy(Number.isFinite);
    }
  });

  it('50 customers: a fit that says it is uncertain', () => {
    const found = fitted(first(50));
    expect(found.basis).toBe('likelihood');
    expect(codes(found)).toContain('few-customers');
  });

  it('nobody, or hardly anybody, ordered again, or all came on the last day', () => {
    const none = base.x.map(() => 0);
    const once = fitted({ ...base, x: none, tx: none });
    expect(once.warnings.map(({ text }) => text).join()).toContain('nobody ordered again');
    expect(fitted({ ...base, x: none.with(3, 1), tx: none }).basis).toBe('fallback');
    const late = fitted({ ...base, x: none, tx: none, T: none });
    expect(late.warnings[0]?.code).toBe('too-little-data');
    expect(codes(fitted({ ...base, spend: none }))).toContain('spend-not-fitted');
  });

  it('leaves out what is no history, and counts it', () => {
    const T = base.T.with(0, Number.NaN).with(1, -1).with(2, 1e-3);
    const found = fitted({ ...base, T, x: base.x.with(2, 1), tx: base.tx.with(2, 5) });
    expect(found.customers).toBe(base.x.length - 3);
    expect(found.warnings[0]?.text).toMatch(/^3 customers were left out/);
  });
});

it('a fit of any base has numbers and ends', () => {
  const row = fc.record({
    x: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3_000 })),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    T: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.double({ min: 0, max: 1e6, noNaN: true })),
    spend: fc.oneof(fc.integer({ min: -5, max: 300 }), fc.constantFrom(0, 1e-9, 1e12, Number.NaN)),
  });
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 25, maxLength: 60 }),
      fc.constantFrom(...modelNames),
      (rows, model) => {
        const found = fitted({
          ...{ model, unit: 'day' },
          x: Float64Array.from(rows, ({ x }) => x),
          tx: Float64Array.from(rows, ({ x, share, T }) => (x === 0 ? 0 : share * T)),
          T: Float64Array.from(rows, ({ T }) => T),
          spend: Float64Array.from(rows, ({ spend }) => spend),
        });
        for (const number of numbersOf(found)) expect(number).toSatisfy(Number.isFinite);
      },
    ),
    { numRuns: 20, endOnFailure: true },
  );
});
