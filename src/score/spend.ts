import { stepsUpTo } from './thresholds.ts';

/**
 * Spend as 0–1: the step of the net amount among the thresholds, of all steps. Nothing spent, or
 * all of it refunded, is 0; the highest step is 1.
 */
export function spendShare(netMinor: number, thresholds: readonly number[]): number {
  if (netMinor <= 0) return 0;
  return (1 + stepsUpTo(netMinor, thresholds)) / (1 + thresholds.length);
}
