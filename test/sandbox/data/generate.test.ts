import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedWorld } from '../../../sandbox/data/generate.ts';

const options = { contacts: 3_000, deals: 9_000, seed: 7 };

function ordersPerCustomer(world: ReturnType<typeof generatedWorld>): readonly number[] {
  const counts = new Map<string, number>();
  for (const { customerId } of world.orders)
    if (customerId !== null) counts.set(customerId, (counts.get(customerId) ?? 0) + 1);
  return [...counts.values()];
}

describe('a generated world', () => {
  it('has exactly as many customers and orders as were asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 900 }),
        fc.integer(),
        (contacts, deals, seed) => {
          const world = generatedWorld({ contacts, deals, seed });
          expect([...world.customers]).toHaveLength(contacts);
          expect([...world.orders]).toHaveLength(deals);
          expect(world).toMatchObject({ customerCount: contacts, orderCount: deals });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is the same for the same seed, and another for another', () => {
    const world = generatedWorld(options);
    const again = generatedWorld(options);
    const other = generatedWorld({ ...options, seed: 8 });
    expect([...again.customers]).toEqual([...world.customers]);
    expect([...again.orders]).toEqual([...world.orders]);
    expect([...other.orders]).not.toEqual([...world.orders]);
  });

  it('can be read twice, with both readings side by side', () => {
    const { orders } = generatedWorld(options);
    const [first, second] = [orders[Symbol.iterator](), orders[Symbol.iterator]()];
    first.next();
    expect(second.next()).toEqual(orders[Symbol.iterator]().next());
  });

  it('keeps time: customers as they sign up, orders as they are placed, none in the future', () => {
    const world = generatedWorld({ ...options, until: '2026-11-01' });
    const signedUp = [...world.customers].map((one) => Date.parse(one.createdAt));
    const placed = [...world.orders].map((order) => Date.parse(order.placedAt));
    expect(signedUp).toEqual(signedUp.toSorted((a, b) => a - b));
    expect(placed).toEqual(placed.toSorted((a, b) => a - b));
    expect(placed.at(-1)).toBeLessThan(Date.parse('2026-11-01'));
  });

  it('never lets anyone buy before they were known', () => {
    const world = generatedWorld(options);
    const since = new Map([...world.customers].map((one) => [one.externalId, one.createdAt]));
    for (const { customerId, placedAt } of world.orders) {
      if (customerId === null) continue;
      const known = Date.parse(since.get(customerId) ?? '');
      expect(known).toBeLessThanOrEqual(Date.parse(placedAt));
    }
  });

  it('is skewed as real ones are: many bought once, a few make up much of it', () => {
    const counts = ordersPerCustomer(generatedWorld(options)).toSorted((a, b) => b - a);
    const once = counts.filter((count) => count === 1).length;
    const tenth = counts.slice(0, Math.ceil(counts.length / 10));
    const share = tenth.reduce((sum, count) => sum + count, 0) / options.deals;
    expect(once / counts.length).toBeGreaterThan(0.3);
    expect(share).toBeGreaterThan(0.4);
    expect(counts.length).toBeLessThan(options.contacts);
  });

  it('tells of some phone, trade, feedback, discount and products, and of some not', () => {
    const world = generatedWorld(options);
    const [customers, orders] = [[...world.customers], [...world.orders]];
    for (const key of ['phone', 'industry', 'feedback'] as const) {
      const known = customers.filter((one) => one[key] !== null).length;
      expect(known / customers.length, key).toBeGreaterThan(0.2);
      expect(known, key).toBeLessThan(customers.length);
    }
    for (const key of ['discount', 'products'] as const) {
      const known = orders.filter((one) => one[key] !== null).length;
      expect(known / orders.length, key).toBeGreaterThan(0.5);
      expect(known, key).toBeLessThan(orders.length);
    }
    const reduced = orders.filter(({ discount }) => Number(discount) > 0);
    expect(reduced.length / orders.length).toBeGreaterThan(0.1);
    for (const { discount, amount } of reduced)
      expect(Number(discount)).toBeLessThan(Number(amount));
    for (const { products } of orders) expect(products ?? []).toEqual([...new Set(products)]);
  });

  it('has phone numbers that nobody can have, and some of them twice', () => {
    const customers = [...generatedWorld(options).customers];
    const digits = customers.flatMap(
      ({ phone }) => phone?.replace(/\D/g, '').replace(/^00/, '') ?? [],
    );
    for (const number of digits) expect(number).toMatch(/^999\d{9}$/);
    const twice = digits.length - new Set(digits).size;
    expect(twice).toBeGreaterThan(0);
    expect(twice / digits.length).toBeLessThan(0.03);
  });

  it('has some who asked not to be scored', () => {
    const asked = [...generatedWorld(options).customers].filter(({ optedOut }) => optedOut);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length / options.contacts).toBeLessThan(0.02);
  });

  it('refuses orders that nobody could have placed', () => {
    expect(() => generatedWorld({ contacts: 0, deals: 1, seed: 1 })).toThrow(RangeError);
  });
});
