import type { CustomerHistory } from '../domain/history.ts';
import type { Score } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import { policyVersion } from '../policy/version.ts';
import type { ScoreFrame } from './customer-day.ts';
import { signalsAt } from './signals.ts';
import { Timeline } from './timeline.ts';

/** The empty result of a customer who asked to be left out: it has no class, not even that of a prospect. */
export function optedOutScore(
  history: CustomerHistory,
  asOf: LocalDay,
  { policy }: Pick<ScoreFrame, 'policy'>,
): Score {
  const timeline = new Timeline(history, policy.purchase);
  const signals = signalsAt(timeline, asOf, { windowMonths: policy.windowMonths, dues: false });
  return {
    customerId: history.customerId,
    asOf,
    policyVersion: policyVersion(policy),
    optedOut: true,
    signals,
    rfm: null,
    value: null,
    loyalty: null,
    credit: null,
    tier: null,
    grade: null,
    standing: null,
    held: null,
    wayUp: null,
    fall: null,
    classes: {},
    activity: null,
    stability: null,
    standards: null,
    points: null,
    eligibility: null,
    prediction: null,
    prospect: null,
    nextOrderOn: null,
    quality: history.quality,
    netAmount: { minor: 0, currency: history.currency },
    nextChangeOn: null,
  };
}
