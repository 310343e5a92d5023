import type { FieldKey, FieldValue, FieldValues } from '../domain/field.ts';
import { decimalText } from '../domain/money.ts';
import type { Rfm, Score, ScoredValue } from '../domain/score.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import { reasonText } from '../score/reason.ts';
import { withoutEndZeros } from './decimal.ts';

type Reader = (score: Score, policy: Policy, language: Language) => FieldValue;

/**
 * What the CRM should hold of a score, in canonical text: the fields that the policy writes, each
 * `null` where there is nothing to say. A customer without a purchase holds nothing, so that those
 * who never bought cost no write.
 */
export function desiredFields(
  score: Score,
  policy: Policy,
  language: Language = 'en',
): FieldValues {
  return Object.fromEntries(
    policy.fields.map(({ key }) => [key, readers[key](score, policy, language)]),
  );
}

/** One field of them, whether the policy writes it or not. */
export function desiredField(
  key: FieldKey,
  score: Score,
  policy: Policy,
  language: Language = 'en',
): FieldValue {
  return readers[key](score, policy, language);
}

const readers: Readonly<Record<FieldKey, Reader>> = {
  value_tier: ({ tier }) => tier,
  value_score: ({ value }) => pointsOf(value),
  loyalty_score: ({ loyalty }) => pointsOf(loyalty),
  rfm: ({ rfm }) => rfmText(rfm),
  recency_score: ({ rfm }) => (rfm === null ? null : String(rfm.recency)),
  frequency_score: ({ rfm }) => (rfm === null ? null : String(rfm.frequency)),
  monetary_score: ({ rfm }) => (rfm === null ? null : String(rfm.monetary)),
  net_amount: (score) => (isBuyer(score) ? withoutEndZeros(decimalText(score.netAmount)) : null),
  orders: (score) => (isBuyer(score) ? String(score.signals.ordersInWindow) : null),
  first_order_on: ({ signals }) => signals.firstOrderOn,
  last_order_on: ({ signals }) => signals.lastOrderOn,
  confidence: ({ value }) => (value === null ? null : String(value.confidence)),
  reason: (score, policy, language) =>
    isBuyer(score) || hasProblems(score) ? reasonText(score, policy, language) : null,
};

function pointsOf(scored: ScoredValue | null): FieldValue {
  return scored === null ? null : String(scored.score);
}

function rfmText(rfm: Rfm | null): FieldValue {
  return rfm === null ? null : `${rfm.recency}${rfm.frequency}${rfm.monetary}`;
}

function isBuyer({ signals }: Score): boolean {
  return signals.orders > 0;
}

function hasProblems({ signals }: Score): boolean {
  return Object.keys(signals.problems).length > 0;
}
