import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onlineRetail } from '../../../sandbox/data/online-retail.ts';
import type { OrdersFile } from '../../../src/cli/order-table.ts';
import { dayNumber, dayText } from '../../../src/domain/day.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { scoreOrders } from '../../../src/score/columns/score-orders.ts';
import { firstDayOfWindow } from '../../../src/score/signals.ts';
import { policy as shipped } from '../default-policy.ts';
import { scoredOneByOne } from './one-by-one.ts';
import { oddText, plainText, quotedText, type Row, readText } from './orders-text.ts';

const AS_OF = 15_317;

const policies: readonly Policy[] = [
  shipped,
  { ...shipped, cuts: { ...shipped.cuts, minimumBase: 1 } },
  {
    ...shipped,
    cuts: { ...shipped.cuts, minimumBase: 1 },
    purchase: { zeroAmount: 'ignored', refunds: 'ignored' },
    windowMonths: 3,
  },
  {
    ...shipped,
    cuts: { ...shipped.cuts, minimumBase: 1 },
    value: { ...shipped.value, minimumConfidence: 0.9 },
    loyalty: { ...shipped.loyalty, weights: { repeat: 0, referral: 1, participation: 1 } },
  },
];

const rows: fc.Arbitrary<readonly Row[]> = fc.array(
  fc.record({
    customer: fc.oneof(fc.nat({ max: 40 }).map(String), fc.constantFrom('a', 'b', '007', '客')),
    day: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: AS_OF - 500, max: AS_OF }) },
      { weight: 1, arbitrary: fc.nat({ max: AS_OF }) },
    ),
    minor: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -5_000, max: 90_000 }) },
      { weight: 1, arbitrary: fc.constantFrom(0, 1, 10 ** 13, -(10 ** 13)) },
    ),
  }),
  { maxLength: 250 },
);

function readRows(text: string, policy: Policy, size?: number): OrdersFile {
  const windowFrom = firstDayOfWindow(AS_OF, policy.windowMonths);
  return readText(text, { asOf: AS_OF, windowFrom, ...policy.purchase }, size);
}

/** The columns as one object a customer, in the order of their ids. */
function scoredTogether(file: OrdersFile, policy: Policy) {
  const { customers, scores } = scoreOrders(file.orders, policy, AS_OF, 2);
  const known = (value: number | undefined) => (value === -1 || value === undefined ? null : value);
  const day = (value: number | undefined) =>
    value === -1 || value === undefined ? null : dayText(value);
  const scored = Array.from({ length: customers.size }, (_, row) => ({
    customer: customers.idOf(row),
    orders: customers.orders[row],
    ordersInWindow: customers.ordersInWindow[row],
    firstOrderOn: day(customers.firstDay[row]),
    lastOrderOn: day(customers.lastDay[row]),
    netEver: customers.netEver[row],
    netInWindow: customers.netInWindow[row],
    rfm:
      scores.recency[row] === 0
        ? null
        : {
            recency: scores.recency[row],
            frequency: scores.frequency[row],
            monetary: scores.monetary[row],
          },
    value: known(scores.value[row]),
    loyalty: known(customers.loyalty[row]),
    tier: scores.cuts.tiers[scores.tier[row] ?? -1]?.key ?? null,
  }));
  return { scored: byId(scored), cuts: scores.cuts, fixed: scores.base.fixed };
}

function byId<Scored extends { readonly customer: string }>(scored: readonly Scored[]) {
  return scored.toSorted((one, other) => (one.customer < other.customer ? -1 : 1));
}

/** Customers with nothing that counts are in no file. */
function oneByOne(given: readonly Row[], policy: Policy) {
  const counted = given.filter(
    ({ minor }) =>
      (minor !== 0 || policy.purchase.zeroAmount === 'order') &&
      (minor >= 0 || policy.purchase.refunds === 'subtracted'),
  );
  const alone = scoredOneByOne(counted, policy, AS_OF);
  return { ...alone, scored: byId(alone.scored) };
}

describe('scores on columns', () => {
  it.each([...policies.entries()])(
    'are those of one customer after the other (policy %i)',
    (_, policy) => {
      fc.assert(
        fc.property(rows, (given) => {
          const together = scoredTogether(readRows(plainText(given), policy), policy);
          expect(together).toEqual(oneByOne(given, policy));
        }),
        { numRuns: 30 },
      );
    },
  );

  it('depend neither on how a row is written, nor on the order of rows or the pieces they come in', () => {
    const [, policy = shipped] = policies;
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 200 }), (given, size) => {
        const plain = scoredTogether(readRows(plainText(given), policy), policy);
        for (const text of [oddText(given), quotedText(given)])
          expect(scoredTogether(readRows(text, policy, size * 50), policy)).toEqual(plain);
        const turned = readRows(plainText(given.toReversed()), policy, size);
        expect(scoredTogether(turned, policy)).toEqual(plain);
      }),
      { numRuns: 20 },
    );
  });

  it('are the same on a year of real orders', () => {
    const real: readonly Row[] = [...onlineRetail().orders].flatMap((order) =>
      order.customerId === null
        ? []
        : [
            {
              customer: order.customerId,
              day: dayNumber(order.placedAt.slice(0, 10)) ?? 0,
              minor: Math.round(Number(order.amount) * 100),
            },
          ],
    );
    expect(real.length).toBeGreaterThan(20_000);
    const together = scoredTogether(readRows(plainText(real), shipped), shipped);
    expect(together).toEqual(oneByOne(real, shipped));
    expect(together.fixed).toEqual([]);
  });

  it('stand where one customer has 200,000 orders', () => {
    const many = Array.from({ length: 200_000 }, (_, at) => ({
      customer: at % 100_000 === 0 ? 'other' : 'one',
      day: AS_OF - (at % 700),
      minor: 100 + (at % 7),
    }));
    const together = scoredTogether(readRows(plainText(many), shipped), shipped);
    expect(together).toEqual(oneByOne(many, shipped));
  });
});
