import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderBacktest } from '../../../src/cli/views/backtest.ts';
import { backtestPage } from '../../../src/cli/views/backtest-page.ts';
import { dayNumber, dayText } from '../../../src/domain/day.ts';
import { simulated } from '../clv/simulate.ts';
import { plainText, type Row } from '../columns/orders-text.ts';
import { policy } from '../default-policy.ts';
import { everyNumberIn } from '../every-number.ts';
import { tested } from './tested.ts';

const AS_OF = 15_000;

const row = fc.record({
  customer: fc.integer({ min: 1, max: 30 }).map(String),
  day: fc.integer({ min: AS_OF - 400, max: AS_OF + 100 }),
  minor: fc.integer({ min: -3_000, max: 20_000 }),
});
/** An order on either side of the day, so that there is something to test. */
const anchors: readonly Row[] = [
  { customer: '1', day: AS_OF - 10, minor: 1_000 },
  { customer: '1', day: AS_OF + 100, minor: 1_000 },
];
const rows = fc.array(row, { maxLength: 120 }).map((some) => [...anchors, ...some]);

/** Everything that was said of customers on the day. */
const said = ({ cases: of }: Awaited<ReturnType<typeof tested>>) => {
  const cases = of();
  const { tier, segment, loyalty, value, alive, buys, expectedOrders, expectedSpend } = cases;
  const { lifetimeValue, pastSpend, lastOrders, lastSpend, rateOrders, cuts, fit } = cases;
  return [
    ...[tier, segment, loyalty, value, alive, buys, expectedOrders, expectedSpend],
    ...[lifetimeValue, pastSpend, lastOrders, lastSpend, rateOrders, cuts, fit.params],
  ];
};

describe('a backtest', () => {
  it('says the same of everybody whatever comes after the day', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (given, others) => {
        const known = given.filter(({ day }) => day <= AS_OF);
        const later = others.filter(({ day }) => day > AS_OF);
        const asked = { asOf: AS_OF, horizonDays: 100 };
        const one = await tested(plainText(given), asked);
        const other = await tested(plainText([...known, ...later]), asked);
        expect(said(other)).toEqual(said(one));
      }),
      { numRuns: 25 },
    );
  });

  it('is the same in whatever order the orders stand', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const one = await tested(plainText(given), { asOf: AS_OF });
        const other = await tested(plainText(given.toReversed()), { asOf: AS_OF });
        // But for line numbers.
        const figures = ({ result }: typeof one) => JSON.stringify(result);
        expect(figures(other)).toBe(figures(one));
      }),
      { numRuns: 15 },
    );
  });

  it('counts what came as a plain count does, and loses nobody', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const { result } = await tested(plainText(given), { asOf: AS_OF });
        const orders = given.filter(({ minor }) => minor >= 0);
        const known = new Set(
          orders.filter(({ day }) => day <= AS_OF).map(({ customer }) => customer),
        );
        const next = orders.filter(({ day, customer }) => day > AS_OF && known.has(customer));
        const days = new Set(next.map(({ customer, day }) => `${customer} ${day}`));
        const spend = next.reduce((sum, { minor }) => sum + minor, 0) / 100;
        expect(result.customers).toBe(known.size);
        expect(result.nextOrders).toBe(days.size);
        expect(result.nextSpend).toBeCloseTo(spend, 6);
        for (const groups of [result.tiers, result.segments, result.loyalty]) {
          const sum = (of: 'customers' | 'nextOrders' | 'nextSpend') =>
            groups.reduce((total, group) => total + group[of], 0);
          expect(sum('customers')).toBe(known.size);
          expect(sum('nextOrders')).toBe(days.size);
          expect(sum('nextSpend')).toBeCloseTo(spend, 6);
        }
        expect(result.moves.reduce((sum, { customers }) => sum + customers, 0)).toBe(known.size);
        expect(result.chance.deciles.reduce((sum, { customers }) => sum + customers, 0)).toBe(
          known.size,
        );
      }),
      { numRuns: 25 },
    );
  });

  it('gives no number that is none, and a page that says what it can', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const { document } = await tested(plainText(given), { asOf: AS_OF });
        expect(everyNumberIn(document, Number.isFinite)).toBe(true);
        const page = backtestPage(document);
        expect(page).not.toMatch(/NaN|undefined|Infinity|null/);
        expect(renderBacktest(document, null)).not.toMatch(/NaN|undefined|Infinity|null/);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a backtest of odd bases', () => {
  const ordersOf = (customers: number, day: number, minor = 1_000): readonly Row[] =>
    Array.from({ length: customers }, (_, at) => ({ customer: String(at + 1), day, minor }));
  const later = { customer: 'new', day: AS_OF + 50, minor: 500 };

  it.each([1, 8, 50])('answers for %i customers, with a warning', async (customers) => {
    const given = [...ordersOf(customers, AS_OF - 60), ...ordersOf(customers, AS_OF + 30, 700)];
    const { document } = await tested(plainText(given), { asOf: AS_OF });
    expect(document.bought).toBe(customers);
    expect(document.warnings.length).toBeGreaterThan(0);
    expect(document.lift[0]?.top10).toBeCloseTo(0.1, 12);
    const sure = document.verdicts.filter(({ low }) => low !== null);
    if (customers < 20) expect(sure).toEqual([]);
  });

  it('says that nothing can be ranked where nobody ordered again', async () => {
    const { document } = await tested(plainText([...ordersOf(60, AS_OF - 60), later]), {
      asOf: AS_OF,
    });
    expect(document).toMatchObject({ bought: 0, newcomers: { customers: 1, spend: 5 } });
    expect(document.lift.every(({ top10, top20 }) => top10 === null && top20 === null)).toBe(true);
    expect(document.chance.buys.auc).toBeNull();
    expect(document.orders.model.totalError).toBeNull();
    expect(document.warnings).toContainEqual(expect.stringContaining('nobody who had ordered'));
    const ranking = document.verdicts.filter(({ about }) => about === 'ranking');
    expect(ranking.every(({ outcome }) => outcome === 'unknown')).toBe(true);
    expect(ranking[0]?.text).toContain('nothing to measure');
  });

  it('gives one customer who holds all to whom it has first', async () => {
    const whale = [
      { customer: 'w', day: AS_OF - 5, minor: 90_000 },
      { customer: 'w', day: AS_OF - 45, minor: 90_000 },
      { customer: 'w', day: AS_OF + 5, minor: 900_000 },
    ];
    const { document } = await tested(plainText([...ordersOf(59, AS_OF - 60), ...whale]), {
      asOf: AS_OF,
    });
    const tops = document.lift.map(({ top10 }) => top10);
    expect(tops).toEqual(tops.map(() => 1));
    const close = document.verdicts.find(({ key }) => key === 'top10.clv.past_spend');
    expect(close).toMatchObject({ outcome: 'no-difference', gain: 0 });
    expect(document.tiers[0]?.shareOfSpend).toBe(1);
  });

  it('tells of customers without a tier, without a loyalty score, and with refunds only', async () => {
    const unknown = {
      ...policy,
      loyalty: { ...policy.loyalty, weights: { ...policy.loyalty.weights, repeat: 0 } },
      value: { ...policy.value, minimumConfidence: 1 },
    };
    const refund = { customer: 'r', day: AS_OF - 3, minor: -200 };
    const given = [...ordersOf(40, AS_OF - 60), refund, ...ordersOf(30, AS_OF + 30)];
    const { document } = await tested(plainText(given), { asOf: AS_OF, policy: unknown });
    expect(document.refundsOnly).toBe(1);
    expect(document.warnings).toContainEqual(expect.stringContaining('1 customer with refunds'));
    expect(document.tiers.at(-1)).toMatchObject({ key: 'none', customers: 40 });
    expect(document.moves).toMatchObject([{ from: null, to: null, customers: 40 }]);
    expect(document.loyalty).toMatchObject([{ label: 'score unknown', customers: 40 }]);
    expect(document.verdicts.some(({ about }) => about === 'loyalty')).toBe(false);
    expect(document.verdicts.filter(({ about }) => about === 'tiers')).not.toEqual([]);
    expect(backtestPage(document)).toContain('<th scope="row">none</th>');
  });

  it('refuses a day or a horizon for which there is nothing to compare', async () => {
    const text = plainText([...ordersOf(3, AS_OF), ...ordersOf(3, AS_OF + 20)]);
    await expect(tested(text, { asOf: AS_OF - 1 })).rejects.toThrow('no order up to');
    await expect(tested(text, { asOf: AS_OF + 20 })).rejects.toThrow('no order after');
    await expect(tested(text, { asOf: AS_OF, horizonDays: 21 })).rejects.toThrow(
      `hold 20 after ${dayText(AS_OF)}: the orders run from ${dayText(AS_OF)} to ${dayText(AS_OF + 20)}`,
    );
    await expect(tested(plainText([]), { asOf: AS_OF })).rejects.toThrow('no order to test');
  });

  it('keeps to the currency of the past, whatever most orders are in later', async () => {
    const line = (currency: string, day: number, customer: number) =>
      `${customer},${dayText(day)},10,${currency}\n`;
    const past = [1, 2, 3].map((customer) => line('EUR', AS_OF - 9, customer));
    const next = [4, 5, 6, 7, 8, 9].map((customer) => line('USD', AS_OF + 5, customer));
    const text = `customer_id,date,amount,currency\n${[...past, ...next, line('EUR', AS_OF + 7, 1)].join('')}`;
    const { document } = await tested(text, { asOf: AS_OF });
    expect(document).toMatchObject({ currency: 'EUR', customers: 3, bought: 1, nextSpend: 10 });
    expect(document.warnings).toContainEqual(expect.stringMatching(/6 rows are not in EUR/));
    expect(document.newcomers.customers).toBe(0);
  });
});

describe('a backtest of buyers as BG/NBD expects them', () => {
  let found: Awaited<ReturnType<typeof tested>>;

  beforeAll(async () => {
    const { x, tx, T } = simulated(3_000);
    const given = Array.from(x.keys()).flatMap((at): readonly Row[] => {
      const first = AS_OF + 90 - Math.round((T[at] ?? 0) * 7);
      return Array.from({ length: (x[at] ?? 0) + 1 }, (_, order) => {
        const share = order / Math.max(1, x[at] ?? 0);
        const day = Math.round(first + (tx[at] ?? 0) * 7 * share);
        return { customer: String(at), day, minor: 1_000 + 10 * (at % 90) };
      });
    });
    found = await tested(plainText(given), { asOf: AS_OF, horizonDays: 80 });
  });

  it('finds the model better than no model', () => {
    const outcome = (key: string) =>
      found.document.verdicts.find((verdict) => verdict.key === key)?.outcome;
    expect(outcome('brier.buys.same')).toBe('better');
    expect(outcome('orders.mae.own_rate')).toBe('better');
    expect(outcome('loyalty.best.worst')).toBe('better');
  });

  it('says the gain with its interval, and what to use where there is none', () => {
    for (const { outcome, text, instead, low, gain, high } of found.document.verdicts) {
      if (outcome === 'unknown') continue;
      expect(low ?? 0).toBeLessThanOrEqual((high ?? 0) + 1e-12);
      expect(Number.isFinite(gain)).toBe(true);
      if (outcome === 'better') expect(text).toContain(' beats ');
      else expect(text).toContain(instead);
    }
  });
});

describe('a backtest of a year of real orders', () => {
  it('finds that past spend ranks wholesale buyers as well as the model', async () => {
    const text = readFileSync(
      new URL('../../../sandbox/data/online-retail-invoices.csv', import.meta.url),
      'utf8',
    );
    const asOf = dayNumber('2011-06-30') ?? 0;
    const { document } = await tested(text, { asOf });
    expect(document).toMatchObject({ customers: 2_960, bought: 1_988, nextOrders: 6_427 });
    expect(document.until).toBe('2011-12-09');
    const outcome = (key: string) =>
      document.verdicts.find((verdict) => verdict.key === key)?.outcome;
    expect(outcome('top10.clv.past_spend')).toBe('no-difference');
    expect(outcome('top10.value_score.past_spend')).toBe('worse');
    expect(outcome('auc.buys.recency')).toBe('better');
  });
});
