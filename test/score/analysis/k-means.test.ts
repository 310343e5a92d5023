import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kMeans } from '../../../src/score/analysis/k-means.ts';
import { pointCloud } from '../../../src/score/analysis/point-cloud.ts';
import { randomOf } from '../../../src/score/analysis/random.ts';

type Row = readonly [number, number];

function columnsOf(rows: readonly Row[]): readonly Float64Array[] {
  return [0, 1].map((at) => Float64Array.from(rows, (row) => row[at] ?? 0));
}

/** The cluster of each row. */
function clustersOf(rows: readonly Row[], clusters: number, seed = 1): readonly number[] {
  const cloud = pointCloud(columnsOf(rows));
  const { nearest } = kMeans(cloud, clusters, seed);
  return Array.from(cloud.pointOf, (point) => nearest[point] ?? -1);
}

/** Which rows are together, whatever the clusters are called. */
function together(clusters: readonly number[]): readonly string[] {
  return [...new Set(clusters)]
    .map((cluster) => clusters.flatMap((one, row) => (one === cluster ? row : [])).join())
    .sort();
}

/** So many points around a middle, never farther than 1. */
function around([x, y]: Row, points: number, seed: number): readonly Row[] {
  const random = randomOf(seed);
  return Array.from({ length: points }, () => [x + random() - 0.5, y + random() - 0.5]);
}

const anyRows = fc.array(
  fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })),
  { minLength: 1, maxLength: 40 },
);

describe('k-means', () => {
  it('finds clusters that lie apart', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), (seed, points) => {
        const middles: readonly Row[] = [
          [0, 0],
          [20, 0],
          [0, 20],
          [20, 20],
        ];
        const rows = middles.flatMap((middle, at) => around(middle, points, seed + at));
        const wanted = middles.flatMap((_, at) => new Array<number>(points).fill(at));
        expect(together(clustersOf(rows, 4, seed))).toEqual(together(wanted));
      }),
      { numRuns: 50 },
    );
  });

  it('finds them among many thousands, where starts are tried on some', () => {
    const rows = [...around([0, 0], 30_000, 1), ...around([9, 9], 15_000, 2)];
    const { sizes } = kMeans(pointCloud(columnsOf(rows)), 2, 1);
    expect(sizes.toSorted((one, other) => one - other)).toEqual([15_000, 30_000]);
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 5 }), (rows, clusters) => {
        const forward = clustersOf(rows, clusters);
        expect(clustersOf(rows.toReversed(), clusters).toReversed()).toEqual(forward);
      }),
    );
  });

  it('gives the same for the same seed', () => {
    fc.assert(
      fc.property(anyRows, fc.integer(), (rows, seed) => {
        expect(clustersOf(rows, 3, seed)).toEqual(clustersOf(rows, 3, seed));
      }),
    );
  });

  it('puts every point to its nearest centre, and each row in one cluster', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const cloud = pointCloud(columnsOf(rows));
        const { centres, nearest, sizes, inertia } = kMeans(cloud, 3, 1);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(rows.length);
        const away = (point: number, centre: Float64Array) =>
          centre.reduce(
            (sum, middle, at) => sum + ((cloud.values[point * 2 + at] ?? 0) - middle) ** 2,
            0,
          );
        let total = 0;
        for (const [point, cluster] of nearest.entries()) {
          const own = away(point, centres[cluster] ?? new Float64Array());
          for (const centre of centres) expect(own).toBeLessThanOrEqual(away(point, centre));
          total += own * (cloud.weights[point] ?? 0);
        }
        expect(inertia).toBeCloseTo(total, 9);
      }),
    );
  });

  it('has no more clusters than different points, and none of an empty base', () => {
    const same: readonly Row[] = [
      [1, 1],
      [1, 1],
      [2, 2],
    ];
    expect(kMeans(pointCloud(columnsOf(same)), 5, 1).sizes).toHaveLength(2);
    expect(kMeans(pointCloud(columnsOf([])), 3, 1)).toMatchObject({ centres: [], inertia: 0 });
    expect(kMeans(pointCloud([]), 3, 1).centres).toEqual([]);
  });
});

describe('points', () => {
  it('are in standard units, equal ones held once', () => {
    const rows: readonly Row[] = [
      [3, 7],
      [1, 7],
      [3, 7],
      [1, 7],
    ];
    const cloud = pointCloud(columnsOf(rows));
    expect([...cloud.values]).toEqual([-1, 0, 1, 0]);
    expect([...cloud.weights]).toEqual([2, 2]);
    expect([...cloud.pointOf]).toEqual([1, 0, 1, 0]);
    expect(cloud.scales).toEqual([
      { mean: 2, deviation: 1 },
      { mean: 7, deviation: 0 },
    ]);
  });
});
