import { type FamilyKey, isFamilyKey } from '../../domain/classes.ts';
import type { ClassResult, Prediction, Stability, Standards } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';
import type { HeldTier } from '../tiers/hold-tier.ts';
import { attributeSegmentOf } from './attribute-segment.ts';
import { churnRiskOf } from './churn-risk.ts';
import { customerClassOf } from './customer-class.ts';
import { frequencyClassOf } from './frequency-class.ts';
import { importanceOf } from './importance.ts';
import { interestOf } from './interest.ts';
import { keyAccountOf } from './key-account.ts';
import { lifecycleHistory, lifecycleOf } from './lifecycle.ts';
import { overriddenClass } from './overridden-classes.ts';
import { quadrantOf } from './quadrant.ts';
import { segmentClassOf } from './segment.ts';
import { trendOf } from './trend.ts';

/** What classes rest on beside the day itself. */
export type ScoredSoFar = HeldTier & {
  readonly stability: Stability | null;
  readonly standards: Standards | null;
  readonly prediction: Prediction | null;
};

type Found = Readonly<Record<FamilyKey, ClassResult | null>>;

/** The customer's class in every family in which a person or the rules say something of it. */
export function classesOf(
  day: CustomerDay,
  scored: ScoredSoFar,
): Readonly<Partial<Record<FamilyKey, ClassResult>>> {
  const history = lifecycleHistory(day);
  return present(day, {
    segment: segmentClassOf(day),
    quadrant: quadrantOf(day),
    customer_class: customerClassOf(day, history),
    lifecycle: lifecycleOf(day, history),
    frequency_class: frequencyClassOf(day),
    importance: importanceOf(day, scored),
    trend: trendOf(day, scored.standing),
    key_account: keyAccountOf(day),
    interest: interestOf(day),
    churn_risk: churnRiskOf(day.policy, scored.prediction),
    attribute_segment: attributeSegmentOf(day),
  });
}

function present(day: CustomerDay, found: Found): Partial<Record<FamilyKey, ClassResult>> {
  const classes: { [family: string]: ClassResult } = {};
  const isDecided = day.timeline.history.overrides.length > 0;
  for (const [family, ruled] of Object.entries(found)) {
    const result = isDecided && isFamilyKey(family) ? overriddenClass(day, family, ruled) : ruled;
    if (result !== null) classes[family] = result;
  }
  return classes;
}
