import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onlineRetail } from '../../../sandbox/data/online-retail.ts';
import { dayNumber } from '../../../src/domain/day.ts';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import { modelNames } from '../../../src/domain/models.ts';
import { parseMoney } from '../../../src/domain/money.ts';
import type { Forecast } from '../../../src/policy/cut-points.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { forecastOf } from '../../../src/score/predict/forecast.ts';
import { predictionOf } from '../../../src/score/predict/prediction.ts';
import { mulberry32 } from '../clv/simulate.ts';
import { policy } from '../default-policy.ts';
import { everyNumberIn } from '../every-number.ts';
import { anyBuyers } from './arbitrary-buyers.ts';
import { baseOf, buyer, cutsOfBase, dayOf, TODAY } from './whole-base.ts';

/** Customers who order at their own pace, some of them leaving. */
function shop(size: number): readonly CustomerHistory[] {
  const random = mulberry32(size + 1);
  return Array.from({ length: size }, () => {
    const purchases: [number, number][] = [];
    const pace = 10 + 300 * random();
    for (let ago = Math.floor(700 * random()); ago >= 0; ago -= 1 + Math.floor(pace * random())) {
      purchases.push([ago, Math.round(1_000 + 20_000 * random())]);
      if (random() < 0.2) break;
    }
    return buyer(purchases);
  });
}

function forecast(customers: readonly CustomerHistory[], rules: Policy = policy): Forecast | null {
  return forecastOf(baseOf(customers, rules).histories, rules);
}

const codes = (found: Forecast | null): readonly string[] =>
  (found?.warnings ?? []).map(({ code }) => code);

describe('the forecast of a base', () => {
  it('is missing only where nobody ever ordered', () => {
    expect(forecast([])).toBeNull();
    expect(forecast([buyer([])])).toBeNull();
    expect(forecast([buyer([[5, -100]])])).toBeNull();
    expect(forecast([buyer([[5_000, 100]])])).toMatchObject({ customers: 1, basis: 'fallback' });
  });

  it.each([1, 8, 29])('is the population’s rate for %i customers, and says so', (size) => {
    const found = forecast(shop(size));
    expect(found).toMatchObject({ basis: 'fallback', customers: size });
    expect(codes(found)).toContain('too-little-data');
    expect(everyNumberIn(found, Number.isFinite)).toBe(true);
  });

  it.each([50, 400])('is fitted to %i customers', (size) => {
    for (const model of modelNames) {
      const rules = { ...policy, lifetime: { ...policy.lifetime, model } };
      const found = forecast(shop(size), rules);
      expect(found).toMatchObject({ basis: 'likelihood', model, customers: size });
      expect(codes(found).includes('few-customers')).toBe(size < 200);
      expect(everyNumberIn(found, Number.isFinite)).toBe(true);
    }
  });

  it('has an answer where all customers are equal, or nobody came back', () => {
    const once = forecast(Array.from({ length: 50 }, () => buyer([[40, 700]])));
    expect(once).toMatchObject({ basis: 'fallback', hiatusDays: policy.days.lost });
    expect(once).toMatchObject({ meanOrderMinor: 700, gammaGamma: null });
    const equal = forecast(
      Array.from({ length: 50 }, () =>
        buyer([
          [40, 700],
          [10, 700],
        ]),
      ),
    );
    expect(equal).toMatchObject({ basis: 'likelihood', hiatusDays: 30 });
    expect(everyNumberIn([once, equal], Number.isFinite)).toBe(true);
  });

  it('warns where who orders more often spends more an order', () => {
    const customers = Array.from({ length: 60 }, (_, at) =>
      buyer(
        Array.from({ length: 2 + (at % 6) }, (_unused, back) => [
          7 * back + at,
          1_000 * (1 + (at % 6)) + at,
        ]),
      ),
    );
    const found = forecast(customers);
    expect(found?.frequencySpendCorrelation).toBeGreaterThan(0.9);
    expect(codes(found)).toContain('spend-correlated');
  });

  it('knows no mean order where nothing was ever paid', () => {
    expect(
      forecast([
        buyer([
          [40, 0],
          [10, 0],
        ]),
      ]),
    ).toMatchObject({ meanOrderMinor: null });
  });

  it('is finite and does not depend on the order of the customers, whatever they are', () => {
    fc.assert(
      fc.property(anyBuyers, (customers) => {
        const found = forecast(customers);
        expect(everyNumberIn(found, Number.isFinite)).toBe(true);
        expect(forecast(customers.toReversed())).toEqual(found);
      }),
      { numRuns: 60 },
    );
  });

  it('says of a year of real orders that nobody is seen to leave, and foresees each', () => {
    const world = onlineRetail();
    const orders = [...world.orders].filter(({ customerId }) => customerId !== null);
    const customers = [...Map.groupBy(orders, ({ customerId }) => customerId).values()].map((own) =>
      buyer(
        own.map(({ placedAt, amount }) => [
          TODAY - (dayNumber(placedAt.slice(0, 10)) ?? 0),
          parseMoney(amount, 'GBP')?.minor ?? 0,
        ]),
      ),
    );
    const cuts = cutsOfBase(customers);
    expect(codes(cuts.forecast)).toContain('no-dropout');
    expect(everyNumberIn(cuts, Number.isFinite)).toBe(true);
    const found = customers.map((one) => predictionOf(dayOf(one, cuts)));
    expect(everyNumberIn(found, (number) => Number.isFinite(number) && number >= 0)).toBe(true);
  });
});
