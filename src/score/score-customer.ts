import { dayText } from '../domain/day.ts';
import type { CustomerHistory } from '../domain/history.ts';
import type { Standing } from '../domain/result.ts';
import type { Score } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import { policyVersion } from '../policy/version.ts';
import { activityOf } from './classes/activity.ts';
import { classesOf } from './classes/classes.ts';
import { nextOrderOn } from './classes/next-order.ts';
import { stabilityOf } from './classes/stability.ts';
import { standardsOf } from './classes/standards.ts';
import { customerDay, type ScoreFrame } from './customer-day.ts';
import { fallOf } from './forward/fall.ts';
import { nextChange } from './forward/next-change.ts';
import { wayUpAhead } from './forward/way-up.ts';
import { optedOutScore, outOfScopeScore } from './opted-out.ts';
import { eligibilityOf } from './points/eligibility.ts';
import { pointsOf } from './points/points.ts';
import { predictionOf } from './predict/prediction.ts';
import { prospectOf } from './prospects/prospect.ts';
import { outOfScopeOn } from './scope.ts';
import { gradeOf } from './tiers/grade.ts';
import { holdTier } from './tiers/hold-tier.ts';
import { overriddenTier } from './tiers/overridden-tier.ts';
import { Timeline } from './timeline.ts';

/**
 * One customer's result under frozen cut points: the same alone as in the base. `standing` is what
 * the scoring before left; `null` for the first.
 */
export function scoreCustomer(
  history: CustomerHistory,
  asOf: LocalDay,
  frame: ScoreFrame,
  standing: Standing | null = null,
): Score {
  if (history.optedOut) return optedOutScore(history, asOf, frame);
  const timeline = new Timeline(history, frame.policy.purchase);
  const day = customerDay(timeline, asOf, frame, standing);
  const out = outOfScopeOn(timeline, day.today, frame.policy);
  if (out !== null) return outOfScopeScore(timeline, asOf, frame, out);
  const { signals, basic } = day;
  const tiered = overriddenTier(day, holdTier(day));
  const stability = stabilityOf(day);
  const standards = standardsOf(day, stability);
  const prediction = predictionOf(day);
  const scored = { ...tiered, stability, standards, prediction };
  const { wayUp, changesAfter: wayUpChangesAfter } = wayUpAhead(day, tiered);
  const fall = fallOf(day, tiered);
  const next = nextChange(day, { ...tiered, wayUpChangesAfter, fall });
  return {
    customerId: history.customerId,
    asOf,
    policyVersion: policyVersion(frame.policy),
    ...{ optedOut: false, outOfScope: null },
    signals,
    rfm: basic.rfm,
    value: basic.value,
    loyalty: basic.loyalty,
    credit: basic.credit,
    ...tiered,
    grade: gradeOf(day, tiered.tier),
    wayUp,
    fall,
    classes: classesOf(day, scored),
    activity: activityOf(day),
    stability,
    standards,
    points: pointsOf(day),
    eligibility: eligibilityOf(day),
    prediction,
    prospect: prospectOf(day),
    nextOrderOn: nextOrderOn(day),
    quality: history.quality,
    netAmount: { minor: signals.netInWindow, currency: signals.currency },
    nextChangeOn: Number.isFinite(next) ? dayText(next) : null,
  };
}
