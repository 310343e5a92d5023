import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayText } from '../../../src/domain/day.ts';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import { modelNames } from '../../../src/domain/models.ts';
import type { CutPoints, Forecast } from '../../../src/policy/cut-points.ts';
import { lifetimeValue } from '../../../src/score/clv/clv.ts';
import { models } from '../../../src/score/clv/models.ts';
import { NEVER } from '../../../src/score/customer-day.ts';
import { predictionChangesAfter, predictionOf } from '../../../src/score/predict/prediction.ts';
import { expectClose } from '../clv/close-to.ts';
import { policy } from '../default-policy.ts';
import { everyNumberIn } from '../every-number.ts';
import { anyBuyer, anyBuyers } from './arbitrary-buyers.ts';
import { buyer, cutsOfBase, dayOf, TODAY } from './whole-base.ts';

/** The published parameters of the CDNOW sample, in days; amounts in cents. */
const cdnow: Forecast = {
  model: 'bgnbd',
  basis: 'likelihood',
  params: { r: 0.243, alpha: 4.414 * 7, a: 0.793, b: 2.426 },
  gammaGamma: { p: 6.25, q: 3.74, gamma: 1544 },
  meanOrderMinor: 3_000,
  hiatusDays: 180,
  customers: 2357,
  repeatBuyers: 946,
  frequencySpendCorrelation: 0.11,
  warnings: [],
};
const nobody = cutsOfBase([]);
const under = (given: Partial<Forecast> = {}): CutPoints => ({
  ...nobody,
  forecast: { ...cdnow, ...given },
});
const anyForecast: fc.Arbitrary<Partial<Forecast>> = fc.record({
  model: fc.constantFrom(...modelNames),
  basis: fc.constantFrom('likelihood', 'fallback'),
  hiatusDays: fc.integer({ min: 1, max: 700 }),
  gammaGamma: fc.constantFrom(cdnow.gammaGamma, null),
  meanOrderMinor: fc.constantFrom(4_200, null),
});
const { lifetime } = policy;

describe('a prediction', () => {
  it('is missing without an order, and without a model', () => {
    expect(predictionOf(dayOf(buyer([]), under()))).toBeNull();
    expect(predictionOf(dayOf(buyer([[3, -500]]), under()))).toBeNull();
    expect(predictionOf(dayOf(buyer([[3, 500]]), nobody))).toBeNull();
    expect(predictionOf(dayOf(buyer([[-3, 500]]), under()))).toBeNull();
    expect(predictionChangesAfter(dayOf(buyer([]), under()))).toBe(NEVER);
    expect(predictionChangesAfter(dayOf(buyer([[3, 500]]), nobody))).toBe(NEVER);
  });

  it('expects less money of who gave orders back, and never less than none', () => {
    const orders = [
      [300, 9_000],
      [100, 168_000],
    ] as const;
    const kept = predictionOf(dayOf(buyer(orders), under()));
    const returned = predictionOf(dayOf(buyer([...orders, [99, -168_000]]), under()));
    expect(returned?.expectedOrders).toBe(kept?.expectedOrders);
    // 168,000 of 177,000 and one mean order of 3,000 came back.
    const share = 1 - 168_000 / 180_000;
    expect(returned?.spendMinor).toBe(Math.round((kept?.spendMinor ?? 0) * share));
    expect((returned?.lifetimeMinor ?? 0) / (kept?.lifetimeMinor ?? 0)).toBeCloseTo(share, 2);
    const more = predictionOf(dayOf(buyer([...orders, [99, -900_000]]), under()));
    expect(more?.lifetimeMinor).toBe(0);
  });

  it('gives the published figure: E[Y(39)] is 1.226 at x 2, t_x 30.43, T 38.86 weeks', () => {
    const rules = { ...policy, lifetime: { ...lifetime, horizonDays: 39 * 7 } };
    // x 2, t_x 213 days; 59 days of silence are seen as 56, which is a little too hopeful.
    const ordersAt = (silence: number): number => {
      const one = buyer([
        [213 + silence, 100],
        [silence + 100, 100],
        [silence, 100],
      ]);
      return predictionOf(dayOf(one, under(), undefined, rules))?.expectedOrders ?? 0;
    };
    expect(ordersAt(59)).toBe(ordersAt(56));
    expect(ordersAt(59)).toBeCloseTo(1.226, 1);
    expect(ordersAt(59)).toBeGreaterThan(1.226);
    expect(ordersAt(84)).toBeLessThan(1.226);
  });

  it.each(modelNames)('is what %s and Gamma-Gamma say on a day on which silence steps', (model) => {
    const one = buyer([
      [400, 1_000],
      [300, 5_000],
      [84, 7_000],
    ]);
    const found = predictionOf(dayOf(one, under({ model })));
    const { params } = cdnow;
    const history = { x: 2, tx: 316, T: 400 };
    const spendPerOrder = (6.25 * (1544 + 2 * 6_000)) / (6.25 * 2 + 2.74);
    const value = lifetimeValue({ model, unit: 'day', params, history, spendPerOrder }, lifetime);
    expect(found).toEqual({
      model,
      basis: 'likelihood',
      horizonDays: 365,
      probabilityBuys: expect.closeTo(models[model].probabilityBuys(params, history, 365), 1),
      expectedOrders: expect.closeTo(models[model].expectedOrders(params, history, 365), 1),
      spendMinor: Math.round(spendPerOrder),
      lifetimeMinor: expect.any(Number),
      years: 3,
    });
    expectClose(found?.lifetimeMinor ?? 0, value, 0.5 / value + 1e-9);
  });

  it('takes the customer’s own mean, then the base’s, where spend is not modelled', () => {
    const cuts = under({ gammaGamma: null });
    const spendOf = (one: CustomerHistory, frame: CutPoints): number | null | undefined =>
      predictionOf(dayOf(one, frame))?.spendMinor;
    const again = buyer([
      [60, 9_900],
      [30, 500],
      [10, 600],
    ]);
    expect(spendOf(again, cuts)).toBe(550);
    expect(spendOf(buyer([[60, 9_900]]), cuts)).toBe(3_000);
    const unpaid = predictionOf(
      dayOf(buyer([[60, 0]]), under({ gammaGamma: null, meanOrderMinor: null })),
    );
    expect(unpaid).toMatchObject({ spendMinor: null, lifetimeMinor: null });
    expect(unpaid?.probabilityBuys).toBeGreaterThan(0);
  });

  it('expects nothing after the hiatus where too little is known for a model', () => {
    const cuts = under({ basis: 'fallback', hiatusDays: 100 });
    const silent = (days: number) => predictionOf(dayOf(buyer([[days, 500]]), cuts));
    expect(silent(100)?.probabilityBuys).toBeGreaterThan(0);
    expect(silent(101)).toMatchObject({
      basis: 'fallback',
      probabilityBuys: 0,
      expectedOrders: 0,
      lifetimeMinor: 0,
    });
    expect(predictionChangesAfter(dayOf(buyer([[95, 500]]), cuts))).toBe(TODAY + 6);
    expect(predictionChangesAfter(dayOf(buyer([[101, 500]]), cuts))).toBe(TODAY + 11);
  });

  it('is the same on every day before the next change', () => {
    fc.assert(
      fc.property(anyBuyer, anyForecast, fc.nat({ max: 500 }), (one, given, later) => {
        const cuts = under(given);
        const today = dayOf(one, cuts);
        const change = predictionChangesAfter(today);
        expect(change).toBeGreaterThan(TODAY);
        const next = Math.min(change - 1, TODAY + later);
        const then = dayOf(one, cuts, dayText(next));
        expect(predictionOf(then)).toEqual(predictionOf(today));
        if (change !== NEVER) expect(predictionChangesAfter(then)).toBe(change);
      }),
    );
  });

  it('never expects more of a longer silence', () => {
    fc.assert(
      fc.property(anyBuyer, anyForecast, fc.nat({ max: 1_000 }), (one, given, later) => {
        const cuts = under(given);
        const now = predictionOf(dayOf(one, cuts));
        const then = predictionOf(dayOf(one, cuts, dayText(TODAY + later)));
        if (now === null || then === null) return;
        expect(then.probabilityBuys).toBeLessThanOrEqual(now.probabilityBuys);
        expect(then.expectedOrders).toBeLessThanOrEqual(now.expectedOrders);
        expect(then.lifetimeMinor ?? 0).toBeLessThanOrEqual(now.lifetimeMinor ?? 0);
        expect(then.spendMinor).toBe(now.spendMinor);
      }),
    );
  });

  it('never expects less an order, or of a lifetime, of who pays more an order', () => {
    fc.assert(
      fc.property(anyBuyer, anyForecast, fc.integer({ min: 1, max: 50 }), (one, given, times) => {
        const cuts = under(given);
        const more = one.sales.map((sale) => ({ ...sale, minor: sale.minor * times }));
        const now = predictionOf(dayOf(one, cuts));
        const richer = predictionOf(dayOf({ ...one, sales: more }, cuts));
        expect(richer?.probabilityBuys).toBe(now?.probabilityBuys);
        expect(richer?.spendMinor ?? 0).toBeGreaterThanOrEqual(now?.spendMinor ?? 0);
        expect(richer?.lifetimeMinor ?? 0).toBeGreaterThanOrEqual(now?.lifetimeMinor ?? 0);
      }),
    );
  });

  it('is finite, a chance between 0 and 1, and the same alone as in its base', () => {
    fc.assert(
      fc.property(anyBuyers, anyBuyer, (others, one) => {
        const cuts = cutsOfBase([...others, one]);
        for (const each of others) predictionOf(dayOf(each, cuts));
        const stored: CutPoints = JSON.parse(JSON.stringify(cuts));
        const found = predictionOf(dayOf(one, cuts));
        expect(predictionOf(dayOf(one, stored))).toEqual(found);
        expect(everyNumberIn(found, (each) => Number.isFinite(each) && each >= 0)).toBe(true);
        expect(found?.probabilityBuys ?? 0).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });

  it('is finite for a customer of 200,000 orders', () => {
    const daily = Array.from({ length: 200_000 }, (_, at) => [at % 20_000, 500] as const);
    for (const model of modelNames)
      for (const basis of ['likelihood', 'fallback'] as const) {
        const found = predictionOf(dayOf(buyer(daily), under({ model, basis })));
        expect(found).toMatchObject({ probabilityBuys: 1 });
        expect(everyNumberIn(found, Number.isFinite)).toBe(true);
        expect(found?.expectedOrders).toBeGreaterThan(300);
      }
  });

  it('takes no more than some microseconds a customer', () => {
    const cuts = under();
    const days = Array.from({ length: 2_000 }, (_, at) =>
      dayOf(
        buyer([
          [300 + (at % 300), 100],
          [at % 200, 100],
        ]),
        cuts,
      ),
    );
    for (const day of days) predictionOf(day);
    const from = performance.now();
    for (const day of days) predictionOf(day);
    // Some 2 µs where nothing else runs.
    expect(((performance.now() - from) * 1_000) / days.length).toBeLessThan(100);
  });
});
