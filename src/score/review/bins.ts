import type { Bins } from '../../domain/review.ts';
import type { Column } from '../column.ts';

/** Tenths of the customers; fewer where many have the same value. */
export function tenths(values: Column): readonly number[] {
  const sorted = values.sorted();
  const [least] = sorted;
  if (least === undefined) return [];
  const edges = Array.from({ length: 9 }, (_, at) => {
    const place = Math.floor(((at + 1) * sorted.length) / 10);
    return sorted[place] ?? least;
  });
  return [...new Set(edges)].filter((edge) => edge > least);
}

/** Customers by bin; `unknown` of them have no such value. */
export function binned(values: Column, unknown: number, edges: readonly number[]): Bins {
  const counts = new Array<number>(edges.length + 2).fill(0);
  for (const value of values.values()) {
    const bin = binOf(value, edges);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  counts[edges.length + 1] = unknown;
  return { edges, counts };
}

function binOf(value: number, edges: readonly number[]): number {
  const above = edges.findIndex((edge) => value < edge);
  return above === -1 ? edges.length : above;
}
