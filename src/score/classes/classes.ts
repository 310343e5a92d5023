import type { FamilyKey } from '../../domain/classes.ts';
import type { ClassResult, Prediction, Stability, Standards } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';
import type { HeldTier } from '../tiers/hold-tier.ts';

/** What classes rest on beside the day itself. */
export type ScoredSoFar = HeldTier & {
  readonly stability: Stability | null;
  readonly standards: Standards | null;
  readonly prediction: Prediction | null;
};

/** The customer's class in every family that says something of it. */
export function classesOf(
  _day: CustomerDay,
  _scored: ScoredSoFar,
): Readonly<Partial<Record<FamilyKey, ClassResult>>> {
  return {};
}
