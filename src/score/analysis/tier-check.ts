import { Column } from '../column.ts';
import { kMeans } from './k-means.ts';
import { type PointCloud, pointCloud } from './point-cloud.ts';
import { adjustedRandIndex } from './rand-index.ts';

/** Whether a cluster lies half a deviation or more off the base's mean in a signal. */
export type Place = 'high' | 'middle' | 'low';

/** Customers who are alike in recency, frequency and amount. */
export type Cluster = {
  readonly customers: number;
  /** Means; of orders and amounts, the middle on their logarithmic scale. */
  readonly recencyDays: number;
  readonly orders: number;
  readonly netMinor: number;
  /** High recency is a recent order. */
  readonly is: {
    readonly recency: Place;
    readonly frequency: Place;
    readonly monetary: Place;
  };
  /** Its customers by tier, in the order of `tiers`. */
  readonly byTier: readonly number[];
};

/** What clusters found without the policy say of its tiers [F2]. */
export type TierCheck = {
  readonly customers: number;
  readonly tiers: readonly string[];
  /** Best first. */
  readonly clusters: readonly Cluster[];
  /** Adjusted Rand index of clusters and tiers: 1 the same, 0 chance. */
  readonly agreement: number;
};

/** A cluster's check needs as many customers as make it more than chance. */
const LEAST = 10;
const SEED = 1;
const FAR = 0.5;

/**
 * Customers with a tier as points: days since the last order, and the logarithms of orders and net
 * amount in the window, each in standard units. 32 bytes each.
 */
export class TierCheckBase {
  readonly #tiers: readonly string[];
  readonly #recency = new Column();
  readonly #orders = new Column();
  readonly #net = new Column();
  readonly #tier = new Column();

  /** Tier keys, highest first. */
  constructor(tiers: readonly string[]) {
    this.#tiers = tiers;
  }

  /** Who has no tier, or one of another policy, is left out. */
  add(
    signals: {
      readonly daysSinceLastOrder: number | null;
      readonly ordersInWindow: number;
      readonly netInWindow: number;
    },
    tier: string | null,
  ): void {
    const at = tier === null ? -1 : this.#tiers.indexOf(tier);
    if (at < 0 || signals.daysSinceLastOrder === null) return;
    // Fewer days are better, as more orders and money are.
    this.#recency.push(-signals.daysSinceLastOrder);
    this.#orders.push(Math.log1p(signals.ordersInWindow));
    this.#net.push(signedLog(signals.netInWindow));
    this.#tier.push(at);
  }

  /** `null` with too few customers to tell. */
  build(): TierCheck | null {
    if (this.#tier.length < LEAST) return null;
    const columns = [this.#recency, this.#orders, this.#net].map((column) => column.values());
    const cloud = pointCloud(columns);
    const { centres, nearest } = kMeans(cloud, this.#tiers.length, SEED);
    const table = this.#crossTable(cloud, nearest, centres.length);
    const clusters = centres.map((centre, at) => ({
      rank: centre.reduce((sum, value) => sum + value, 0),
      cluster: clusterOf(cloud, centre, table[at] ?? []),
    }));
    return {
      customers: this.#tier.length,
      tiers: this.#tiers,
      clusters: clusters
        .toSorted((one, other) => other.rank - one.rank)
        .map(({ cluster }) => cluster),
      agreement: adjustedRandIndex(table),
    };
  }

  #crossTable({ pointOf }: PointCloud, nearest: Int32Array, clusters: number) {
    const table = Array.from({ length: clusters }, () =>
      new Array<number>(this.#tiers.length).fill(0),
    );
    for (const [row, tier] of this.#tier.values().entries()) {
      const counts = table[nearest[pointOf[row] ?? 0] ?? 0];
      if (counts !== undefined) counts[tier] = (counts[tier] ?? 0) + 1;
    }
    return table;
  }
}

function clusterOf(
  { scales }: PointCloud,
  centre: Float64Array,
  byTier: readonly number[],
): Cluster {
  const [recency = 0, orders = 0, net = 0] = scales.map(
    ({ mean, deviation }, at) => mean + deviation * (centre[at] ?? 0),
  );
  return {
    customers: byTier.reduce((sum, customers) => sum + customers, 0),
    recencyDays: Math.round(0 - recency),
    orders: Math.round(100 * Math.expm1(orders)) / 100,
    // A mean of nothing may be a hair below it: no −0.
    netMinor: 0 + Math.round(Math.sign(net) * Math.expm1(Math.abs(net))),
    is: {
      recency: placeOf(centre[0] ?? 0),
      frequency: placeOf(centre[1] ?? 0),
      monetary: placeOf(centre[2] ?? 0),
    },
    byTier,
  };
}

function placeOf(value: number): Place {
  if (value >= FAR) return 'high';
  return value <= -FAR ? 'low' : 'middle';
}

function signedLog(minor: number): number {
  return Math.sign(minor) * Math.log1p(Math.abs(minor));
}
