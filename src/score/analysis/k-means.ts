import type { PointCloud } from './point-cloud.ts';
import { randomOf } from './random.ts';

/** Points gathered around so many centres. */
export type Clusters = {
  /** Standard units, one row each. */
  readonly centres: readonly Float64Array[];
  /** Which centre each point of the cloud is nearest to. */
  readonly nearest: Int32Array;
  /** Rows within each. */
  readonly sizes: readonly number[];
  /** Sum of squared distances to the centres. */
  readonly inertia: number;
};

const STARTS = 6;
const MOST_ROUNDS = 100;

/**
 * k-means by Lloyd's rounds from k-means++ starts (Arthur & Vassilvitskii 2007), the best of six
 * [F2]. The seed and the set of points give the result; the order of the rows does not matter. There
 * are as many clusters as asked for, or as different points where those are fewer.
 */
export function kMeans(cloud: PointCloud, clusters: number, seed: number): Clusters {
  const random = randomOf(seed);
  let best = settle(cloud, firstCentres(cloud, clusters, random));
  for (let start = 1; start < STARTS; start += 1) {
    const other = settle(cloud, firstCentres(cloud, clusters, random));
    if (other.inertia < best.inertia) best = other;
  }
  return best;
}

/** The next centre is a point, the likelier the farther it is from those before. */
function firstCentres(cloud: PointCloud, clusters: number, random: () => number) {
  const centres: Float64Array[] = [];
  const distances = Float64Array.from(cloud.weights);
  while (centres.length < Math.min(clusters, cloud.size)) {
    const centre = pointAt(cloud, pick(distances, random()));
    const isFirst = centres.length === 0;
    centres.push(centre);
    for (let point = 0; point < cloud.size; point += 1) {
      const away = (cloud.weights[point] ?? 0) * distance(cloud, point, centre);
      if (isFirst || away < (distances[point] ?? 0)) distances[point] = away;
    }
  }
  return centres;
}

/** A position, with a chance in proportion to its weight; one of weight 0 never. */
function pick(weights: Float64Array, random: number): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let left = random * total;
  let last = 0;
  for (const [at, weight] of weights.entries()) {
    if (weight === 0) continue;
    last = at;
    left -= weight;
    if (left < 0) break;
  }
  return last;
}

function settle(cloud: PointCloud, start: readonly Float64Array[]): Clusters {
  const nearest = new Int32Array(cloud.size).fill(-1);
  let centres = start;
  let inertia = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const found = assign(cloud, centres, nearest);
    inertia = found.inertia;
    if (!found.moved) break;
    centres = means(cloud, centres, nearest);
  }
  return { centres, nearest, sizes: sizesOf(cloud, nearest, centres.length), inertia };
}

/** Writes each point's nearest centre, the first of equally near ones. */
function assign(cloud: PointCloud, centres: readonly Float64Array[], nearest: Int32Array) {
  let [inertia, moved] = [0, false];
  for (let point = 0; point < cloud.size; point += 1) {
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (const [at, centre] of centres.entries()) {
      const away = distance(cloud, point, centre);
      if (away < least) [best, least] = [at, away];
    }
    if (nearest[point] !== best) moved = true;
    nearest[point] = best;
    inertia += least * (cloud.weights[point] ?? 0);
  }
  return { inertia, moved };
}

/** A centre that nobody is nearest to stays where it is. */
function means(cloud: PointCloud, centres: readonly Float64Array[], nearest: Int32Array) {
  const sums = centres.map(() => new Float64Array(cloud.dimensions));
  const sizes = sizesOf(cloud, nearest, centres.length);
  for (const [point, cluster] of nearest.entries()) {
    const sum = sums[cluster];
    if (sum === undefined) continue;
    for (let at = 0; at < cloud.dimensions; at += 1)
      sum[at] = (sum[at] ?? 0) + coordinate(cloud, point, at) * (cloud.weights[point] ?? 0);
  }
  return centres.map((centre, cluster) => {
    const size = sizes[cluster] ?? 0;
    return size === 0 ? centre : (sums[cluster] ?? centre).map((sum) => sum / size);
  });
}

function sizesOf({ weights }: PointCloud, nearest: Int32Array, clusters: number) {
  const sizes = new Array<number>(clusters).fill(0);
  for (const [point, cluster] of nearest.entries())
    sizes[cluster] = (sizes[cluster] ?? 0) + (weights[point] ?? 0);
  return sizes;
}

function pointAt({ values, dimensions }: PointCloud, point: number): Float64Array {
  return values.slice(point * dimensions, (point + 1) * dimensions);
}

function coordinate({ values, dimensions }: PointCloud, point: number, at: number): number {
  return values[point * dimensions + at] ?? 0;
}

/** Squared. */
function distance(cloud: PointCloud, point: number, centre: Float64Array): number {
  let sum = 0;
  for (const [at, middle] of centre.entries()) sum += (coordinate(cloud, point, at) - middle) ** 2;
  return sum;
}
