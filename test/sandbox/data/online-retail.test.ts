import { describe, expect, it } from 'vitest';
import { onlineRetail } from '../../../sandbox/data/online-retail.ts';

const world = onlineRetail();
const customers = [...world.customers];
const orders = [...world.orders];
const minorOf = (amount: string) => Math.round(Number(amount) * 100);
const totalMinor = (some: typeof orders) =>
  some.reduce((sum, order) => sum + minorOf(order.amount), 0);

describe('the real orders', () => {
  it('are all there, with the traits their publisher names', () => {
    expect(customers).toHaveLength(4_372);
    expect(orders).toHaveLength(25_900);
    expect(orders.filter((order) => order.customerId === null)).toHaveLength(3_710);
    expect(orders.filter((order) => order.externalId.startsWith('C'))).toHaveLength(3_836);
    expect(orders.filter((order) => minorOf(order.amount) === 0)).toHaveLength(2_102);
    expect(world).toMatchObject({ customerCount: 4_372, orderCount: 25_900, currency: 'GBP' });
  });

  it('add up to the penny', () => {
    expect(totalMinor(orders)).toBe(974_774_793);
    expect(totalMinor(orders.filter((order) => order.customerId !== null))).toBe(830_006_581);
  });

  it('make every cancellation negative', () => {
    const cancelled = orders.filter((order) => order.externalId.startsWith('C'));
    expect(cancelled.every((order) => order.amount.startsWith('-'))).toBe(true);
  });

  it('come in the order in which they were placed, each on its London day', () => {
    const times = orders.map((order) => Date.parse(order.placedAt));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(orders.at(0)?.placedAt).toBe('2010-12-01T08:26:00+00:00');
    expect(orders.find((order) => order.externalId === '547834')?.placedAt).toMatch(/\+01:00$/);
  });

  it('belong to customers who were known by then', () => {
    const since = new Map(customers.map((one) => [one.externalId, Date.parse(one.createdAt)]));
    for (const { customerId, placedAt } of orders) {
      if (customerId === null) continue;
      expect(since.get(customerId)).toBeLessThanOrEqual(Date.parse(placedAt));
    }
  });
});

describe('what is invented around them', () => {
  it('is the same every time', () => {
    const again = onlineRetail();
    expect([...again.customers]).toEqual(customers);
    expect([...again.orders]).toEqual(orders);
  });

  it('names nobody who could receive mail, and no two alike', () => {
    expect(new Set(customers.map((one) => one.email)).size).toBe(customers.length);
    expect(customers.every((one) => /^[a-z.0-9]+@example\.(com|org)$/.test(one.email))).toBe(true);
  });

  it('leaves some of everything unknown', () => {
    for (const unknown of [
      customers.filter((one) => one.birthday === null),
      customers.filter((one) => one.events === null),
      customers.filter((one) => one.country === null),
      orders.filter((order) => order.dueOn === null && Number(order.amount) > 0),
      orders.filter((order) => order.dueOn !== null && order.paidOn === null),
    ])
      expect(unknown.length).toBeGreaterThan(0);
  });

  it('lets customers be referred only by customers who came before', () => {
    const place = new Map(customers.map((one, index) => [one.externalId, index]));
    const referred = customers.filter((one) => one.referredBy !== null);
    expect(referred.length).toBeGreaterThan(400);
    for (const one of referred)
      expect(place.get(one.referredBy ?? '')).toBeLessThan(place.get(one.externalId) ?? 0);
  });

  it('never owes on a cancellation, and pays most invoices in time', () => {
    const owed = orders.filter((order) => order.dueOn !== null);
    expect(owed.every((order) => minorOf(order.amount) > 0)).toBe(true);
    const inTime = owed.filter(({ dueOn, paidOn }) => paidOn !== null && paidOn <= (dueOn ?? ''));
    const late = owed.filter(({ dueOn, paidOn }) => paidOn !== null && paidOn > (dueOn ?? ''));
    expect(inTime.length).toBeGreaterThan(owed.length / 2);
    expect(late.length).toBeGreaterThan(500);
  });
});
