import type { Policy } from '../../policy/schema.ts';
import { stepsUpTo } from '../thresholds.ts';
import {
  type ColumnCuts,
  type CutBase,
  columnThresholds,
  columnTierCuts,
  rowsInWindow,
  type Thresholds,
} from './column-cuts.ts';
import type { CustomerColumns } from './customer-columns.ts';
import { NONE } from './none.ts';
import { ValueCells } from './value-cells.ts';

/** Everybody's scores, equal positions with `CustomerColumns`. */
export type ScoreColumns = {
  /** 1–5, 5 best; 0 without an order. */
  readonly recency: Uint8Array;
  readonly frequency: Uint8Array;
  readonly monetary: Uint8Array;
  /** 0–100, `NONE` where it is unknown. */
  readonly value: Int8Array;
  /** Place of the tier in `cuts.tiers`, highest first; `NONE` for no tier. */
  readonly tier: Int8Array;
  readonly cuts: ColumnCuts;
  readonly base: CutBase;
};

/**
 * Finds the cut points of the base and gives everybody R, F, M, value and tier: the same as
 * `findCutPoints` and `basicScoreOf` give for the same orders where referrals, events and dues are
 * unknown.
 */
export function scoreColumns(
  customers: CustomerColumns,
  policy: Policy,
  asOf: number,
  minorDigits: number,
): ScoreColumns {
  const { cuts, base } = columnThresholds(customers, policy, asOf, minorDigits);
  const cells = new ValueCells(policy, cuts.spend);
  const value = valueColumn(customers, cells);
  const tiers = columnTierCuts(policy, base.size, histogramOf(value, rowsInWindow(customers)));
  const isEnough = cells.confidence >= policy.value.minimumConfidence;
  const tierOf = Int8Array.from({ length: 101 }, (_, score) =>
    tiers.cuts.findIndex(({ from }) => isEnough && score >= from),
  );
  return {
    ...rfmColumns(customers, cuts, asOf),
    value,
    tier: value.map((score) => (score === NONE ? NONE : (tierOf[score] ?? NONE))),
    cuts: { ...cuts, tiers: tiers.cuts },
    base: { ...base, fixed: [...base.fixed, ...(tiers.isFixed ? ['tiers' as const] : [])] },
  };
}

function rfmColumns(customers: CustomerColumns, cuts: Thresholds, asOf: number) {
  const { size, orders, ordersInWindow, lastDay, netInWindow } = customers;
  const rfm = {
    recency: new Uint8Array(size),
    frequency: new Uint8Array(size),
    monetary: new Uint8Array(size),
  };
  const ofDays = Uint8Array.from({ length: asOf + 1 }, (_, days) => recencyOf(days, cuts));
  const most = ordersInWindow.reduce((highest, count) => Math.max(highest, count), 0);
  const ofOrders = Uint8Array.from(
    { length: most + 1 },
    (_, count) => 1 + stepsUpTo(count, cuts.frequency),
  );
  for (let customer = 0; customer < size; customer += 1) {
    if (orders[customer] === 0) continue;
    rfm.recency[customer] = ofDays[asOf - (lastDay[customer] ?? 0)] ?? 0;
    rfm.frequency[customer] = ofOrders[ordersInWindow[customer] ?? 0] ?? 0;
    rfm.monetary[customer] = 1 + stepsUpTo(netInWindow[customer] ?? 0, cuts.monetary);
  }
  return rfm;
}

function recencyOf(days: number, { recencyDays }: Thresholds): number {
  return 1 + recencyDays.filter((threshold) => days <= threshold).length;
}

function valueColumn({ size, orders, netInWindow, loyalty }: CustomerColumns, cells: ValueCells) {
  const value = new Int8Array(size).fill(NONE);
  for (let customer = 0; customer < size; customer += 1)
    if ((orders[customer] ?? 0) > 0)
      value[customer] = cells.score(netInWindow[customer] ?? 0, loyalty[customer] ?? NONE);
  return value;
}

function histogramOf(value: Int8Array, rows: Uint32Array): readonly number[] {
  const counts = new Float64Array(101);
  for (let at = 0; at < rows.length; at += 1) {
    const score = value[rows[at] ?? 0] ?? NONE;
    if (score !== NONE) counts[score] = (counts[score] ?? 0) + 1;
  }
  return [...counts];
}
