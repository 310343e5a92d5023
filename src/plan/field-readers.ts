import type { FamilyKey } from '../domain/classes.ts';
import type { FieldKey, FieldValue } from '../domain/field.ts';
import { decimalText } from '../domain/money.ts';
import type { Rfm, Score, ScoredValue } from '../domain/score.ts';
import type { Language } from '../policy/language.ts';
import type { Policy, TierClass } from '../policy/schema.ts';
import { reasonText } from '../score/reason.ts';
import { withoutEndZeros } from './decimal.ts';
import { dataProblemsText, nextStepText, prospectText, standardsText } from './field-sentences.ts';

/** What a field should hold of a score, in canonical text; `null` where there is nothing to say. */
export type FieldReader = (score: Score, policy: Policy, language: Language) => FieldValue;

/** How each result is written. Texts follow the language; keys, days and figures do not. */
export const fieldReaders: Readonly<Record<FieldKey, FieldReader>> = {
  value_tier: ({ tier }) => tier,
  value_grade: ({ tier, grade }) => (tier === null || grade === null ? tier : `${tier}_${grade}`),
  value_score: ({ value }) => pointsOf(value),
  loyalty_score: ({ loyalty }) => pointsOf(loyalty),
  credit_score: ({ credit }) => pointsOf(credit),
  activity_index: ({ activity }) => numberText(activity),
  rfm: ({ rfm }) => rfmText(rfm),
  recency_score: ({ rfm }) => numberText(rfm?.recency),
  frequency_score: ({ rfm }) => numberText(rfm?.frequency),
  monetary_score: ({ rfm }) => numberText(rfm?.monetary),
  segment: classOf('segment'),
  quadrant: classOf('quadrant'),
  customer_class: classOf('customer_class'),
  lifecycle: classOf('lifecycle'),
  lifecycle_since: ({ classes }) => classes.lifecycle?.since ?? null,
  frequency_class: classOf('frequency_class'),
  importance: classOf('importance'),
  trend: classOf('trend'),
  key_account: classOf('key_account'),
  interest: classOf('interest'),
  churn_risk: classOf('churn_risk'),
  attribute_segment: classOf('attribute_segment'),
  standards_met: ({ standards }) => numberText(standards?.met),
  standards: ({ standards }, _policy, language) => standardsText(standards, language),
  spend_stability: ({ stability }) => hundredths(stability?.variation),
  service_level: ({ tier }, policy) => tierOf(tier, policy)?.serviceLevel ?? null,
  communication_strategy: ({ tier }, policy) => tierOf(tier, policy)?.strategy ?? null,
  points_balance: ({ points }) => numberText(points?.balance),
  points_value: (score) => amountOf(score, score.points?.valueMinor),
  points_expiring: ({ points }) => numberText(points?.expiring),
  points_expire_on: ({ points }) => points?.expireOn ?? null,
  biweekly_list: ({ eligibility }) => (eligibility === null ? null : yesOrNo(eligibility.biweekly)),
  coupon_band: ({ eligibility, signals }) =>
    eligibility === null || eligibility.coupon === null
      ? null
      : `${eligibility.coupon} ${signals.currency}`,
  next_order_on: ({ nextOrderOn }) => nextOrderOn,
  probability_buys: ({ prediction }) => hundredths(prediction?.probabilityBuys),
  expected_orders: ({ prediction }) => hundredths(prediction?.expectedOrders),
  expected_spend: (score) => amountOf(score, score.prediction?.spendMinor),
  lifetime_value: (score) => amountOf(score, score.prediction?.lifetimeMinor),
  prospect_score: ({ prospect }) => numberText(prospect?.score),
  prospect_reason: ({ prospect }, _policy, language) => prospectText(prospect, language),
  data_quality: ({ quality }) => numberText(quality.completeness),
  data_problems: ({ quality }, _policy, language) => dataProblemsText(quality, language),
  net_amount: (score) => (isBuyer(score) ? amountOf(score, score.netAmount.minor) : null),
  orders: (score) => (isBuyer(score) ? String(score.signals.ordersInWindow) : null),
  first_order_on: ({ signals }) => signals.firstOrderOn,
  last_order_on: ({ signals }) => signals.lastOrderOn,
  confidence: ({ value }) => numberText(value?.confidence),
  next_step: nextStepText,
  falls_on: ({ fall }) => fall?.on ?? null,
  reason: (score, policy, language) =>
    isBuyer(score) || hasProblems(score) || isGiven(score)
      ? reasonText(score, policy, language)
      : null,
};

function classOf(family: FamilyKey): FieldReader {
  return ({ classes }) => classes[family]?.key ?? null;
}

/** `null` for a tier that the policy no longer has. */
function tierOf(tier: string | null, { tiers }: Policy): TierClass | undefined {
  return tiers.classes.find(({ key }) => key === tier);
}

function pointsOf(scored: ScoredValue | null): FieldValue {
  return numberText(scored?.score);
}

function numberText(value: number | null | undefined): FieldValue {
  return value === null || value === undefined ? null : String(value);
}

function hundredths(value: number | null | undefined): FieldValue {
  return value === null || value === undefined ? null : String(Math.round(value * 100) / 100);
}

/** In the currency's own digits, without zeros at the end. */
function amountOf({ signals }: Score, minor: number | null | undefined): FieldValue {
  if (minor === null || minor === undefined) return null;
  return withoutEndZeros(decimalText({ minor, currency: signals.currency }));
}

/** Of both languages: lists go by these values. */
function yesOrNo(is: boolean): FieldValue {
  return is ? 'yes' : 'no';
}

function rfmText(rfm: Rfm | null): FieldValue {
  return rfm === null ? null : `${rfm.recency}${rfm.frequency}${rfm.monetary}`;
}

function isBuyer({ signals }: Score): boolean {
  return signals.orders > 0;
}

/** Who never bought has a tier or a class of people’s giving, and why. */
function isGiven({ held, classes }: Score): boolean {
  return held !== null || Object.values(classes).some(({ code }) => code === 'override');
}

function hasProblems({ signals }: Score): boolean {
  return Object.keys(signals.problems).length > 0;
}
