import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as bg from '../../../src/score/clv/bg-nbd.ts';
import * as mbg from '../../../src/score/clv/mbg-nbd.ts';
import { expectClose } from './close-to.ts';
import { referenceValues } from './reference-values.ts';

/** Fader, Hardie & Lee 2005, as printed. */
const printed = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
/** The same with the digits of the authors' spreadsheet. */
const full = { r: 0.2425945, alpha: 4.4136034, a: 0.7929193, b: 2.4258813 };
const nothingYet = { x: 0, tx: 0, T: 0 };

const models = [
  ['BG/NBD', bg, 'bg'],
  ['MBG/NBD', mbg, 'mbg'],
] as const;

describe('BG/NBD as published', () => {
  it('expected repeat orders of a new customer', () => {
    const weeks = [0.1429, 1, 3, 31.8571, 32];
    const expected = weeks.map((t) => bg.expectedOrders(full, nothingYet, t).toFixed(4));
    expect(expected).toEqual(['0.0078', '0.0532', '0.1506', '1.0405', '1.0437']);
    expect(bg.expectedOrders(full, nothingYet, 0)).toBe(0);
  });

  it('the customer with x = 2, t_x = 30.43, T = 38.86', () => {
    const history = { x: 2, tx: 30.43, T: 38.86 };
    expect(bg.expectedOrders(printed, history, 39).toFixed(3)).toBe('1.226');
    expect(bg.probabilityAlive(printed, history).toFixed(4)).toBe('0.7266');
  });

  it('the probability of a number of orders', () => {
    expect(bg.probabilityOfOrders(printed, 0, 39).toFixed(7)).toBe('0.5737864');
    expect(bg.probabilityOfOrders(printed, 10, 2).toExponential(5)).toBe('1.07869e-7');
    const shares = Array.from({ length: 10 }, (_, at) =>
      bg.probabilityOfOrders(printed, 11 + at, 30).toFixed(7),
    );
    expect(shares.join(' ')).toBe(
      '0.0019995 0.0015170 0.0011633 0.0009003 0.0007024 0.0005518 0.0004362 0.0003467 0.0002770 0.0002222',
    );
  });
});

describe.each(models)('%s', (_, model, key) => {
  it.each(referenceValues)('is exact at $given', ({ given, ...references }) => {
    const [r = 0, alpha = 0, a = 0, b = 0, x = 0, tx = 0, T = 0, horizon = 0] = given;
    const [params, history] = [
      { r, alpha, a, b },
      { x, tx, T },
    ];
    const [logLikelihood = 0, alive = 0, orders = 0, buys = 0] = references[key];
    expectClose(model.logLikelihood(params, history), logLikelihood);
    expectClose(model.probabilityAlive(params, history), alive);
    expectClose(model.expectedOrders(params, history, horizon), orders);
    expectClose(model.probabilityBuys(params, history, horizon), buys);
  });

  it('shares all probability out, and its mean is the expected number', () => {
    for (const t of [0, 2, 39, 400]) {
      const shares = Array.from({ length: 3000 }, (__, n) =>
        model.probabilityOfOrders(printed, n, t),
      );
      expectClose(sum(shares), 1, 1e-8);
      const mean = sum(shares.map((share, n) => n * share));
      expectClose(mean, model.expectedOrders(printed, nothingYet, t), 1e-6);
    }
  });

  it('says the likelihood of no repeat order as its probability', () => {
    const history = { x: 0, tx: 0, T: 39 };
    const probability = model.probabilityOfOrders(printed, 0, 39);
    expectClose(Math.exp(model.logLikelihood(printed, history)), probability);
  });

  it('knows the limits', () => {
    const history = { x: 3, tx: 9, T: 12 };
    const loyal = { ...printed, a: 0 };
    expect(model.probabilityAlive(loyal, history)).toBe(1);
    expectClose(
      model.expectedOrders(loyal, history, 5),
      (5 * (printed.r + 3)) / (printed.alpha + 12),
    );
    expectClose(
      model.logLikelihood({ ...printed, a: 1e-14 }, history),
      model.logLikelihood(loyal, history),
    );
    const forever = Number.POSITIVE_INFINITY;
    expect(model.expectedOrders(printed, history, forever)).toBe(forever);
    const ends = { ...printed, a: 3 };
    expectClose(
      model.expectedOrders(ends, history, 1e12),
      model.expectedOrders(ends, history, forever),
      1e-9,
    );
    expectClose(
      model.probabilityBuys(printed, history, forever),
      model.probabilityAlive(printed, history),
    );
  });

  it('refuses what is no history, no parameter and no horizon', () => {
    const history = { x: 3, tx: 9, T: 12 };
    expect(() => model.logLikelihood({ ...printed, r: Number.NaN }, history)).toThrow(RangeError);
    expect(() => model.probabilityAlive({ ...printed, b: 0 }, history)).toThrow(RangeError);
    expect(() => model.probabilityAlive(printed, { ...history, x: -1 })).toThrow(RangeError);
    expect(() => model.expectedOrders(printed, history, -1)).toThrow(RangeError);
    expect(() => model.probabilityBuys(printed, history, Number.NaN)).toThrow(RangeError);
  });
});

const positive = fc
  .oneof(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: -12, max: 12, noNaN: true }))
  .map((exponent) => 10 ** exponent);
const params = fc.record({ r: positive, alpha: positive, a: positive, b: positive });
const history = fc
  .record({
    x: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 9_000 })),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    T: fc.oneof(fc.constant(0), positive),
  })
  .map(({ x, share, T }) => ({ x, tx: x === 0 ? 0 : share * T, T }));
/** Two numbers that are meant to be in order may differ by rounding. */
const slack = 1 + 1e-10;

describe.each(models)('any customer under %s', (_, model) => {
  it('has numbers, and probabilities between 0 and 1', () => {
    fc.assert(
      fc.property(params, history, positive, (given, past, horizon) => {
        const alive = model.probabilityAlive(given, past);
        const buys = model.probabilityBuys(given, past, horizon);
        const orders = model.expectedOrders(given, past, horizon);
        expect(alive).toBeGreaterThanOrEqual(0);
        expect(alive).toBeLessThanOrEqual(1);
        expect(buys).toBeGreaterThanOrEqual(0);
        expect(buys).toBeLessThanOrEqual(alive);
        expect(orders * slack).toBeGreaterThanOrEqual(buys);
        expect(orders).toBeLessThan(Number.POSITIVE_INFINITY);
        expect(model.logLikelihood(given, past)).not.toBeNaN();
        expect(model.logLikelihood(given, past)).toBeGreaterThan(Number.NEGATIVE_INFINITY);
      }),
    );
  });

  it('orders more in a longer time, and at most so often as one who never leaves', () => {
    fc.assert(
      fc.property(params, history, positive, positive, (given, past, horizon, more) => {
        const orders = model.expectedOrders(given, past, horizon);
        const later = model.expectedOrders(given, past, horizon + more);
        expect(later * slack).toBeGreaterThanOrEqual(orders);
        const most = (horizon * (given.r + past.x)) / (given.alpha + past.T);
        expect(orders).toBeLessThanOrEqual(most * slack);
        expect(model.probabilityBuys(given, past, horizon + more) * slack).toBeGreaterThanOrEqual(
          model.probabilityBuys(given, past, horizon),
        );
      }),
    );
  });

  it('is less likely to be one still, and to buy, the longer it is silent', () => {
    fc.assert(
      fc.property(params, history, positive, positive, (given, past, silence, horizon) => {
        const later = { ...past, T: past.T + silence };
        expect(model.probabilityAlive(given, later)).toBeLessThanOrEqual(
          model.probabilityAlive(given, past) * slack,
        );
        expect(model.probabilityBuys(given, later, horizon)).toBeLessThanOrEqual(
          model.probabilityBuys(given, past, horizon) * slack,
        );
        expect(model.expectedOrders(given, later, horizon)).toBeLessThanOrEqual(
          model.expectedOrders(given, past, horizon) * slack,
        );
      }),
    );
  });

  it('has the same prospects in a unit of time an eighth as long', () => {
    fc.assert(
      fc.property(params, history, positive, (given, past, horizon) => {
        const short = { ...given, alpha: given.alpha * 8 };
        const inShort = { x: past.x, tx: past.tx * 8, T: past.T * 8 };
        expectClose(
          model.expectedOrders(short, inShort, horizon * 8),
          model.expectedOrders(given, past, horizon),
          1e-9,
        );
      }),
    );
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
