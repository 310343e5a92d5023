import type { Policy } from '../../policy/schema.ts';
import type { ColumnCuts } from '../columns/column-cuts.ts';
import type { CustomerColumns } from '../columns/customer-columns.ts';
import { NONE } from '../columns/none.ts';
import { ValueCells } from '../columns/value-cells.ts';

/** Each customer's tier (its place in `cuts.tiers`, or `NONE`) by cut points found on another day. */
export function frozenTiers(
  { size, orders, netInWindow, loyalty }: CustomerColumns,
  policy: Policy,
  cuts: ColumnCuts,
): Int8Array {
  const cells = new ValueCells(policy, cuts.spend);
  const tiers = new Int8Array(size).fill(NONE);
  if (cells.confidence < policy.value.minimumConfidence) return tiers;
  for (let customer = 0; customer < size; customer += 1) {
    if (orders[customer] === 0) continue;
    const score = cells.score(netInWindow[customer] ?? 0, loyalty[customer] ?? NONE);
    tiers[customer] = score === NONE ? NONE : cuts.tiers.findIndex(({ from }) => score >= from);
  }
  return tiers;
}
