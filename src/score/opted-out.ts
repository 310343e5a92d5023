import { dayNumber, dayText } from '../domain/day.ts';
import type { CustomerHistory } from '../domain/history.ts';
import type { OutOfScope } from '../domain/result.ts';
import type { Score } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import type { Policy } from '../policy/schema.ts';
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
  return emptyScore(new Timeline(history, policy.purchase), asOf, policy, { optedOut: true });
}

/** The same of who is out of the policy's scope; an order that is to come may bring it back. */
export function outOfScopeScore(
  timeline: Timeline,
  asOf: LocalDay,
  { policy }: Pick<ScoreFrame, 'policy'>,
  outOfScope: OutOfScope,
): Score {
  const score = emptyScore(timeline, asOf, policy, { optedOut: false, outOfScope });
  const next = timeline.days[timeline.ordersUpTo(dayNumber(asOf) ?? 0)];
  return { ...score, nextChangeOn: next === undefined ? null : dayText(next) };
}

function emptyScore(
  timeline: Timeline,
  asOf: LocalDay,
  policy: Policy,
  why: Pick<Score, 'optedOut' | 'outOfScope'>,
): Score {
  const { history } = timeline;
  const signals = signalsAt(timeline, asOf, { windowMonths: policy.windowMonths, dues: false });
  return {
    customerId: history.customerId,
    asOf,
    policyVersion: policyVersion(policy),
    ...why,
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
