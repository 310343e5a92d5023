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

/** Centres one after the other in one array: a million points are measured some thousand times. */
type Settled = {
  readonly centres: Float64Array;
  readonly nearest: Int32Array;
  readonly inertia: number;
};

const STARTS = 6;
const MOST_ROUNDS = 100;

/** Starts are tried on so many points, evenly picked from the cloud's order, the best on all. */
const TRIED_ON = 20_000;

/**
 * k-means by Lloyd's rounds from k-means++ starts (Arthur & Vassilvitskii 2007), the best of six
 * [F2]. The seed and the set of points give the result; the order of the rows does not matter. There
 * are as many clusters as asked for, or as different points where those are fewer.
 */
export function kMeans(cloud: PointCloud, clusters: number, seed: number): Clusters {
  const random = randomOf(seed);
  const sample = sampleOf(cloud);
  let best = settle(sample, firstCentres(sample, clusters, random));
  for (let start = 1; start < STARTS; start += 1) {
    const other = settle(sample, firstCentres(sample, clusters, random));
    if (other.inertia < best.inertia) best = other;
  }
  const { centres, nearest, inertia } = sample === cloud ? best : settle(cloud, best.centres);
  const rows = rowsOf(centres, cloud.dimensions);
  return { centres: rows, nearest, sizes: [...sizesOf(cloud, nearest, rows.length)], inertia };
}

type Points = Pick<PointCloud, 'dimensions' | 'size' | 'values' | 'weights'>;

function sampleOf(cloud: PointCloud): Points {
  const step = Math.ceil(cloud.size / TRIED_ON);
  if (step <= 1) return cloud;
  const { dimensions } = cloud;
  const size = Math.ceil(cloud.size / step);
  const values = new Float64Array(size * dimensions);
  for (let at = 0; at < size; at += 1) values.set(pointAt(cloud, at * step), at * dimensions);
  return { dimensions, size, values, weights: cloud.weights.filter((_, at) => at % step === 0) };
}

/** The next centre is a point, the likelier the farther it is from those before. */
function firstCentres(points: Points, clusters: number, random: () => number): Float64Array {
  const { dimensions, size, weights } = points;
  const wanted = Math.min(clusters, size);
  const centres = new Float64Array(wanted * dimensions);
  const away = weights.map(() => Number.POSITIVE_INFINITY);
  for (let at = 0; at < wanted; at += 1) {
    const chances = at === 0 ? weights : away;
    centres.set(pointAt(points, pick(chances, random())), at * dimensions);
    for (const [point, weight] of weights.entries())
      away[point] = Math.min(away[point] ?? 0, weight * distance(points, point, centres, at));
  }
  return centres;
}

/** A position, with a chance in proportion to its weight; one of weight 0 never. */
function pick(weights: Float64Array, random: number): number {
  let left = random * weights.reduce((sum, weight) => sum + weight, 0);
  let last = 0;
  for (const [at, weight] of weights.entries()) {
    if (weight === 0) continue;
    last = at;
    left -= weight;
    if (left < 0) break;
  }
  return last;
}

function settle(points: Points, start: Float64Array): Settled {
  const nearest = new Int32Array(points.size).fill(-1);
  let centres = start;
  let found = assign(points, centres, nearest);
  for (let round = 1; found.moved && round < MOST_ROUNDS; round += 1) {
    centres = means(points, centres, nearest);
    found = assign(points, centres, nearest);
  }
  return { centres, nearest, inertia: found.inertia };
}

/** Writes each point's nearest centre, the first of equally near ones. */
function assign(points: Points, centres: Float64Array, nearest: Int32Array) {
  const clusters = countOf(centres, points);
  let [inertia, moved] = [0, false];
  for (const [point, weight] of points.weights.entries()) {
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (let at = 0; at < clusters; at += 1) {
      const away = distance(points, point, centres, at);
      if (away >= least) continue;
      least = away;
      best = at;
    }
    if (nearest[point] !== best) moved = true;
    nearest[point] = best;
    inertia += least * weight;
  }
  return { inertia, moved };
}

/** A centre that nobody is nearest to stays where it is. */
function means(points: Points, centres: Float64Array, nearest: Int32Array): Float64Array {
  const { dimensions, values, weights } = points;
  const sums = new Float64Array(centres.length);
  const sizes = sizesOf(points, nearest, countOf(centres, points));
  for (const [point, cluster] of nearest.entries())
    for (let at = 0; at < dimensions; at += 1)
      add(
        sums,
        cluster * dimensions + at,
        valueAt(values, point * dimensions + at) * valueAt(weights, point),
      );
  return sums.map((sum, at) => {
    const size = valueAt(sizes, Math.floor(at / dimensions));
    return size === 0 ? valueAt(centres, at) : sum / size;
  });
}

function sizesOf({ weights }: Points, nearest: Int32Array, clusters: number): Float64Array {
  const sizes = new Float64Array(clusters);
  for (const [point, cluster] of nearest.entries()) add(sizes, cluster, valueAt(weights, point));
  return sizes;
}

function countOf(centres: Float64Array, { dimensions }: Points): number {
  return centres.length / Math.max(1, dimensions);
}

function rowsOf(centres: Float64Array, dimensions: number): readonly Float64Array[] {
  const rows: Float64Array[] = [];
  for (let at = 0; at < centres.length; at += dimensions)
    rows.push(centres.slice(at, at + dimensions));
  return rows;
}

function pointAt({ values, dimensions }: Points, point: number): Float64Array {
  return values.subarray(point * dimensions, (point + 1) * dimensions);
}

/** Squared. */
function distance(points: Points, point: number, centres: Float64Array, centre: number): number {
  const { dimensions, values } = points;
  let sum = 0;
  for (let at = 0; at < dimensions; at += 1) {
    const off =
      valueAt(values, point * dimensions + at) - valueAt(centres, centre * dimensions + at);
    sum += off * off;
  }
  return sum;
}

function add(values: Float64Array, at: number, by: number): void {
  values[at] = valueAt(values, at) + by;
}

/** Positions outside count nothing; none is asked for. */
function valueAt(values: Float64Array, at: number): number {
  return values[at] ?? 0;
}
