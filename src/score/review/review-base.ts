import { dayNumber } from '../../domain/day.ts';
import {
  type Bins,
  type ClassSize,
  type ClassSizes,
  type ReviewMeasure,
  type ReviewSnapshot,
  reviewMeasures,
} from '../../domain/review.ts';
import type { LocalDay } from '../../domain/time.ts';
import { Column } from '../column.ts';
import { binned, tenths } from './bins.ts';

/** What a review looks at of one scored customer. */
export type ReviewedCustomer = {
  readonly tier: string | null;
  /** Value score. */
  readonly value: number | null;
  readonly lastOrderOn: LocalDay | null;
  /** Purchases and net amount inside the policy's window. */
  readonly orders: number;
  readonly netMinor: number;
  /** Class by family. */
  readonly classes: Readonly<Record<string, string>>;
};

/** Every ten points. */
const valueEdges: readonly number[] = [10, 20, 30, 40, 50, 60, 70, 80, 90];

/** Tiers, among the families of a review. */
export const tierFamily = 'value_tier';

/** Sums and bins of a base, a customer at a time: 32 bytes each stay. */
export class ReviewBase {
  readonly #today: number;
  readonly #sizes = new Map<string, Map<string, ClassSize>>();
  readonly #columns = byMeasure(() => new Column());
  #customers = 0;

  constructor(asOf: LocalDay) {
    this.#today = dayNumber(asOf) ?? 0;
  }

  add(one: ReviewedCustomer): void {
    this.#customers += 1;
    const { tier, value, lastOrderOn, orders, netMinor, classes } = one;
    this.#count(tierFamily, tier ?? 'none', netMinor);
    for (const [family, key] of Object.entries(classes)) this.#count(family, key, netMinor);
    const last = lastOrderOn === null ? null : dayNumber(lastOrderOn);
    if (value !== null) this.#columns.value.push(value);
    if (last !== null) this.#columns.recency.push(this.#today - last);
    if (orders === 0) return;
    this.#columns.frequency.push(orders);
    this.#columns.monetary.push(netMinor);
  }

  get customers(): number {
    return this.#customers;
  }

  sizes(): ClassSizes {
    return Object.fromEntries(
      [...this.#sizes].map(([family, classes]) => [family, Object.fromEntries(classes)]),
    );
  }

  /** By these edges, so that they compare with those of another day. */
  binsLike(then: ReviewSnapshot['bins']): Readonly<Record<ReviewMeasure, Bins>> {
    return byMeasure((measure) => this.#binned(measure, then[measure].edges));
  }

  /** By edges of its own. */
  bins(): Readonly<Record<ReviewMeasure, Bins>> {
    return byMeasure((measure) =>
      this.#binned(measure, measure === 'value' ? valueEdges : tenths(this.#columns[measure])),
    );
  }

  #binned(measure: ReviewMeasure, edges: readonly number[]): Bins {
    const column = this.#columns[measure];
    return binned(column, this.#customers - column.length, edges);
  }

  #count(family: string, key: string, netMinor: number): void {
    const classes = this.#sizes.get(family) ?? new Map<string, ClassSize>();
    const { customers, netMinor: sum } = classes.get(key) ?? { customers: 0, netMinor: 0 };
    classes.set(key, { customers: customers + 1, netMinor: sum + netMinor });
    this.#sizes.set(family, classes);
  }
}

function byMeasure<T>(build: (measure: ReviewMeasure) => T): Readonly<Record<ReviewMeasure, T>> {
  const [value, recency, frequency, monetary] = reviewMeasures;
  return {
    value: build(value),
    recency: build(recency),
    frequency: build(frequency),
    monetary: build(monetary),
  };
}
