import type { Rfm, Signals } from '../domain/score.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import { stepsUpTo } from './thresholds.ts';

/** Recency, frequency and monetary, 1–5 each; `null` without a purchase. */
export function rfmOf(signals: Signals, cuts: CutPoints): Rfm | null {
  if (signals.daysSinceLastOrder === null) return null;
  return {
    recency: recencyScore(signals.daysSinceLastOrder, cuts.recencyDays),
    frequency: 1 + stepsUpTo(signals.ordersInWindow, cuts.frequency),
    monetary: 1 + stepsUpTo(signals.netInWindow, cuts.monetary),
  };
}

/** Few days are good: one point for each threshold that is not exceeded. */
function recencyScore(days: number, thresholds: readonly number[]): number {
  return 1 + thresholds.filter((threshold) => days <= threshold).length;
}
