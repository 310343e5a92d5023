import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sale } from '../../../src/domain/history.ts';
import { PairCounts, ProductCounts } from '../../../src/score/analysis/association.ts';
import { randomOf } from '../../../src/score/analysis/random.ts';

const TODAY = 100;
const order = (...products: readonly string[]): Sale => ({
  day: 50,
  minor: 10_00,
  reference: 'a',
  products,
});

function pairsOf(sales: readonly Sale[], least = 1, top = 100) {
  const counts = new ProductCounts();
  counts.add(sales, TODAY);
  const pairs = new PairCounts(counts.top(top));
  pairs.add(sales, TODAY);
  return pairs.pairs({ least, most: 1_000 });
}

describe('products bought together', () => {
  it('have support, confidence both ways, and lift', () => {
    const sales = [
      order('tea', 'cup'),
      order('tea', 'cup'),
      order('tea'),
      order('soap'),
      order('soap', 'cup'),
    ];
    expect(pairsOf(sales)).toEqual([
      {
        products: ['cup', 'tea'],
        orders: 2,
        support: 0.4,
        confidence: [2 / 3, 2 / 3],
        lift: (2 / 3) * (5 / 3),
      },
    ]);
  });

  it('need as many orders as asked for', () => {
    const sales = [order('a', 'b'), order('a', 'b'), order('c', 'd'), order('e')];
    expect(pairsOf(sales, 2).map(({ products }) => products)).toEqual([['a', 'b']]);
  });

  it('count in orders up to the day, refunds aside, each product once', () => {
    const sales: readonly Sale[] = [
      order('a', 'b', 'b'),
      { ...order('a', 'b'), minor: -1 },
      { ...order('a', 'b'), day: TODAY + 1 },
      { day: 50, minor: 5_00, reference: 'unknown' },
      order(),
      order('c'),
    ];
    expect(pairsOf(sales)).toMatchObject([{ orders: 1, support: 0.5, lift: 2 }]);
  });

  it('are looked for among the products of most orders', () => {
    const sales = [order('a', 'b'), order('a', 'b'), order('c', 'd'), order('a'), order('b')];
    const counts = new ProductCounts();
    counts.add(sales, TODAY);
    expect(counts.products).toBe(4);
    expect(counts.top(3)).toEqual([
      { product: 'a', orders: 3 },
      { product: 'b', orders: 3 },
      { product: 'c', orders: 1 },
    ]);
    expect(pairsOf(sales, 1, 3).map(({ products }) => products)).toEqual([['a', 'b']]);
  });

  it('have a lift of about 1 where neither cares for the other', () => {
    const random = randomOf(7);
    const sales = Array.from({ length: 40_000 }, () =>
      order(...['a', 'b', 'c', 'd'].filter(() => random() < 0.4), 'bag'),
    );
    const lifts = pairsOf(sales).map(({ lift }) => lift);
    for (const lift of lifts) expect(lift).toBeLessThan(1.05);
  });

  it('come in the same order whatever the order of the sales', () => {
    const product = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const sales = fc.array(
      fc.uniqueArray(product).map((products) => order(...products)),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(sales, (given) => {
        const found = pairsOf(given);
        expect(pairsOf(given.toReversed())).toEqual(found);
        for (const { lift, support, confidence, products } of found) {
          expect(lift).toBeGreaterThan(1);
          expect(Math.max(support, ...confidence)).toBeLessThanOrEqual(1);
          expect(products[0] < products[1]).toBe(true);
        }
      }),
    );
  });

  it('are none where no products are known', () => {
    expect(pairsOf([])).toEqual([]);
    expect(new PairCounts([]).orders).toBe(0);
  });
});
