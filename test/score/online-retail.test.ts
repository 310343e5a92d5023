import { describe, expect, it } from 'vitest';
import { onlineRetail } from '../../sandbox/data/online-retail.ts';
import type { WorldOrder } from '../../sandbox/data/world.ts';
import type { Deal } from '../../src/domain/deal.ts';
import { parseMoney } from '../../src/domain/money.ts';
import { historyOf } from '../../src/score/history.ts';
import { reasonText } from '../../src/score/reason.ts';
import { scoreCustomer } from '../../src/score/score-customer.ts';
import { cutsOf } from './base.ts';
import { AS_OF, customer, deal, input, signalsOf } from './builders.ts';
import { policy } from './default-policy.ts';
import { everyNumberIn } from './every-number.ts';

function dealOf(order: WorldOrder): Deal {
  const amount = parseMoney(order.amount, 'GBP');
  return deal({
    id: order.externalId,
    amount,
    homeAmount: amount,
    closedOn: order.placedAt.slice(0, 10),
    dueOn: order.dueOn,
    paidOn: order.paidOn,
    customers: [{ id: order.customerId ?? '', primary: true }],
  });
}

const world = onlineRetail();
const orders = [...world.orders].filter(({ customerId }) => customerId !== null);
const deals = Map.groupBy(orders, ({ customerId }) => customerId ?? '');
const inputs = [...world.customers].map(({ externalId, events }) =>
  input({
    deals: (deals.get(externalId) ?? []).map(dealOf),
    customer: {
      ...customer,
      id: externalId,
      eventsInvited: events?.invited ?? null,
      eventsAttended: events?.attended ?? null,
    },
  }),
);
const base = inputs.map(signalsOf);
const cuts = cutsOf(base);
const scores = inputs.map((one) => scoreCustomer(historyOf(one), AS_OF, { policy, cuts }));
const count = (holds: (score: (typeof scores)[number]) => boolean): number =>
  scores.filter(holds).length;

describe('a year of real orders', () => {
  it('adds up to what customers were invoiced', () => {
    expect(base).toHaveLength(4_372);
    expect(base.reduce((sum, { netEver }) => sum + netEver, 0)).toBe(8_300_065_81);
  });

  it('gives the orders, days and amounts that a plain count gives', () => {
    for (const { customerId, orders: counted, firstOrderOn, lastOrderOn } of base) {
      const days = (deals.get(customerId) ?? [])
        .filter(({ amount }) => !amount.startsWith('-'))
        .map(({ placedAt }) => placedAt.slice(0, 10))
        .sort();
      expect(counted).toBe(new Set(days).size);
      expect(firstOrderOn).toBe(days[0] ?? null);
      expect(lastOrderOn).toBe(days.at(-1) ?? null);
    }
  });

  it('gives a tier to each buyer and to nobody else, within the shares', () => {
    const buyers = count(({ signals: { orders: ever } }) => ever > 0);
    const inWindow = cuts.base;
    expect(count(({ tier }) => tier !== null)).toBe(buyers);
    const platinum = count(({ tier }) => tier === 'platinum');
    const gold = count(({ tier }) => tier === 'gold');
    expect(platinum).toBeGreaterThan(0.03 * inWindow);
    expect(platinum).toBeLessThanOrEqual(0.05 * inWindow);
    expect(platinum + gold).toBeGreaterThan(0.15 * inWindow);
    expect(platinum + gold).toBeLessThanOrEqual(0.2 * inWindow);
  });

  it('uses all of 1 to 5 in R, F and M', () => {
    for (const part of ['recency', 'frequency', 'monetary'] as const)
      expect(new Set(scores.flatMap(({ rfm }) => (rfm === null ? [] : [rfm[part]]))).size).toBe(5);
  });

  it('earns more per customer the higher the tier', () => {
    const mean = (key: string): number => {
      const inTier = scores.filter(({ tier }) => tier === key);
      return inTier.reduce((sum, { netAmount }) => sum + netAmount.minor, 0) / inTier.length;
    };
    const means = ['platinum', 'gold', 'silver', 'bronze'].map(mean);
    expect(means).toEqual(means.toSorted((one, other) => other - one));
  });

  it('has finite numbers, sums that fit and a reason everywhere', () => {
    for (const score of scores) {
      expect(everyNumberIn(score, Number.isFinite)).toBe(true);
      for (const scored of [score.value, score.loyalty, score.credit])
        expect(scored?.parts.reduce((sum, part) => sum + part.points, 0)).toBe(scored?.score);
      expect(reasonText(score, policy, 'en').length).toBeGreaterThan(20);
    }
  });
});
