import type { CutColumn, CutPoints } from '../../policy/cut-points.ts';
import type { Policy } from '../../policy/schema.ts';
import { quantileThresholds } from '../thresholds.ts';
import { fixedTierCuts, quantileTierCuts } from '../tier-cuts.ts';
import type { CustomerColumns } from './customer-columns.ts';
import { sortedWhole } from './sorted-whole.ts';

const RFM_STEPS = 5;
const SPEND_STEPS = 20;

/** The thresholds that R, F, M, spend points and tiers are given by. */
export type ColumnCuts = Pick<
  CutPoints,
  'recencyDays' | 'frequency' | 'monetary' | 'spend' | 'tiers'
>;

/** Thresholds, before tiers are cut. */
export type Thresholds = Omit<ColumnCuts, 'tiers'>;

/** What thresholds were found on. */
export type CutBase = {
  /** Customers with an order in the window. */
  readonly size: number;
  /** For these the policy's fixed thresholds stand in: the base told too little. */
  readonly fixed: readonly CutColumn[];
};

/** The same thresholds as `findCutPoints` finds for these customers. */
export function columnThresholds(
  customers: CustomerColumns,
  policy: Policy,
  asOf: number,
  minorDigits: number,
): { readonly cuts: Thresholds; readonly base: CutBase } {
  const { ordersInWindow, lastDay, netInWindow } = customers;
  const rows = rowsInWindow(customers);
  const column = (read: (row: number) => number): Float64Array => {
    const values = new Float64Array(rows.length);
    for (let at = 0; at < rows.length; at += 1) values[at] = read(rows[at] ?? 0);
    return sortedWhole(values);
  };
  const { fixed } = policy.rfm;
  const inMinor = (amounts: readonly number[]): readonly number[] =>
    amounts.map((amount) => Math.round(amount * 10 ** minorDigits));
  const wanted = policy.rfm.mode === 'quantile' && rows.length >= policy.cuts.minimumBase;
  const found = (sorted: () => Float64Array, steps: number): readonly number[] | null =>
    wanted ? quantileThresholds(sorted(), steps) : null;
  // Few days are good, so the quantiles are those of the negated days.
  const recency = found(() => column((row) => (lastDay[row] ?? 0) - asOf), RFM_STEPS);
  const frequency = found(() => column((row) => ordersInWindow[row] ?? 0), RFM_STEPS);
  const net = wanted ? column((row) => netInWindow[row] ?? 0) : new Float64Array(0);
  const monetary = found(() => net, RFM_STEPS);
  const spend = found(() => net, SPEND_STEPS);
  return {
    cuts: {
      recencyDays: recency?.toReversed().map((days) => 0 - days) ?? fixed.recencyDays,
      frequency: frequency ?? fixed.frequency,
      monetary: monetary ?? inMinor(fixed.monetary),
      spend: spend ?? inMinor(fixed.spend),
    },
    base: {
      size: rows.length,
      fixed: [
        ...(recency === null ? ['recency' as const] : []),
        ...(frequency === null ? ['frequency' as const] : []),
        ...(monetary === null ? ['monetary' as const] : []),
        ...(spend === null ? ['spend' as const] : []),
      ],
    },
  };
}

/** Customers with an order in the window: the base of all cuts. */
export function rowsInWindow({ size, ordersInWindow }: CustomerColumns): Uint32Array {
  const rows = new Uint32Array(size);
  let count = 0;
  for (let row = 0; row < size; row += 1)
    if ((ordersInWindow[row] ?? 0) > 0) {
      rows[count] = row;
      count += 1;
    }
  return rows.subarray(0, count);
}

/** The value scores at which tiers begin, where `histogram[s]` customers of the base have score s. */
export function columnTierCuts(
  policy: Policy,
  base: number,
  histogram: readonly number[],
): { readonly cuts: ColumnCuts['tiers']; readonly isFixed: boolean } {
  const { classes, mode } = policy.tiers;
  const wanted = mode === 'quantile' && base >= policy.cuts.minimumBase;
  const cuts = wanted ? quantileTierCuts(classes, histogram) : null;
  return { cuts: cuts ?? fixedTierCuts(classes), isFixed: cuts === null };
}
