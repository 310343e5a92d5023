import type { Sale } from '../../domain/history.ts';

/** Two products that are bought together more often than chance would have it [F3]. */
export type ProductPair = {
  /** In the order of their names. */
  readonly products: readonly [string, string];
  /** Orders with both, and their share of the orders with known products. */
  readonly orders: number;
  readonly support: number;
  /** Share of the orders of the first that hold the second as well, and the other way round. */
  readonly confidence: readonly [number, number];
  /** How many times likelier both are together than if neither cared for the other. */
  readonly lift: number;
};

/** Orders with a product, most first; ties by name. */
export type ProductCount = { readonly product: string; readonly orders: number };

/** First pass: how many orders hold each product. Memory grows with the number of products. */
export class ProductCounts {
  readonly #counts = new Map<string, number>();

  add(sales: readonly Sale[], today: number): void {
    for (const products of baskets(sales, today))
      for (const product of products)
        this.#counts.set(product, (this.#counts.get(product) ?? 0) + 1);
  }

  get products(): number {
    return this.#counts.size;
  }

  /** The products of most orders. */
  top(most: number): readonly ProductCount[] {
    return [...this.#counts]
      .map(([product, orders]) => ({ product, orders }))
      .sort((one, other) => other.orders - one.orders || byText(one.product, other.product))
      .slice(0, most);
  }
}

/** Second pass: how many orders hold each two of some products; 4 bytes a pair, whatever the orders. */
export class PairCounts {
  readonly #products: readonly ProductCount[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #pairs: Uint32Array;
  #orders = 0;

  constructor(products: readonly ProductCount[]) {
    this.#products = products;
    this.#numbers = new Map(products.map(({ product }, at) => [product, at]));
    this.#pairs = new Uint32Array(products.length ** 2);
  }

  /** Orders with known products so far. */
  get orders(): number {
    return this.#orders;
  }

  add(sales: readonly Sale[], today: number): void {
    for (const products of baskets(sales, today)) {
      this.#orders += 1;
      const known = products.flatMap((product) => this.#numbers.get(product) ?? []);
      for (const one of known) for (const other of known) if (one < other) this.#count(one, other);
    }
  }

  /**
   * Pairs in at least `least` orders that are likelier together than apart: by lift, then orders,
   * then names, the first `most`.
   */
  pairs({
    least,
    most,
  }: {
    readonly least: number;
    readonly most: number;
  }): readonly ProductPair[] {
    const found: ProductPair[] = [];
    for (const [first, one] of this.#products.entries())
      for (const [second, other] of this.#products.entries()) {
        const together = this.#pairs[first * this.#products.length + second] ?? 0;
        if (first >= second || together < least) continue;
        const pair = this.#pairOf(together, one, other);
        if (pair.lift > 1) found.push(pair);
      }
    return found.sort(byLift).slice(0, most);
  }

  #count(one: number, other: number): void {
    const at = one * this.#products.length + other;
    this.#pairs[at] = (this.#pairs[at] ?? 0) + 1;
  }

  #pairOf(orders: number, one: ProductCount, other: ProductCount): ProductPair {
    const isSorted = byText(one.product, other.product) <= 0;
    const [first, second] = isSorted ? [one, other] : [other, one];
    return {
      products: [first.product, second.product],
      orders,
      support: orders / this.#orders,
      confidence: [orders / first.orders, orders / second.orders],
      lift: (orders / one.orders) * (this.#orders / other.orders),
    };
  }
}

/** The products of each order up to the day; a refund is none, a product counts once in an order. */
function* baskets(sales: readonly Sale[], today: number): Generator<readonly string[]> {
  for (const { day, minor, products = [] } of sales)
    if (day <= today && minor >= 0 && products.length > 0) yield [...new Set(products)];
}

function byLift(one: ProductPair, other: ProductPair): number {
  const [left, right] = [one.products, other.products];
  return (
    other.lift - one.lift ||
    other.orders - one.orders ||
    byText(left[0], right[0]) ||
    byText(left[1], right[1])
  );
}

function byText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
