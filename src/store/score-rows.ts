import type { Score, ScoredValue } from '../domain/score.ts';
import type { Columns } from './recordset.ts';

/** Columns of `scores` that a score fills, as `toScoreRow` gives them. */
export const scoreColumns: Columns = {
  customer_id: 'text',
  as_of: 'date',
  policy_version: 'text',
  tier: 'text',
  value_score: 'integer',
  loyalty_score: 'integer',
  recency: 'integer',
  frequency: 'integer',
  monetary: 'integer',
  parts: 'text',
  next_change_on: 'date',
  referrals: 'integer',
  referrals_bought: 'integer',
  standing: 'json',
  net_minor: 'bigint',
  completeness: 'integer',
  classes: 'json',
  score: 'json',
};

export function toScoreRow(score: Score) {
  return {
    customer_id: score.customerId,
    as_of: score.asOf,
    policy_version: score.policyVersion,
    tier: score.tier,
    value_score: score.value?.score ?? null,
    loyalty_score: score.loyalty?.score ?? null,
    recency: score.rfm?.recency ?? null,
    frequency: score.rfm?.frequency ?? null,
    monetary: score.rfm?.monetary ?? null,
    parts: [
      ...[score.value, score.loyalty, score.credit].map(partsText),
      ...[classesText(score), ...byHandText(score)],
    ].join(';'),
    next_change_on: score.nextChangeOn,
    referrals: score.signals.referrals,
    referrals_bought: score.signals.referralsBought,
    standing: score.standing,
    net_minor: score.netAmount.minor,
    completeness: score.optedOut ? null : score.quality.completeness,
    classes: Object.fromEntries(classKeys(score)),
    score,
  };
}

/** Family and class, by family. */
function classKeys({ classes }: Score): readonly (readonly [string, string])[] {
  return Object.entries(classes)
    .map(([family, { key }]) => [family, key] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

function classesText(score: Score): string {
  return classKeys(score)
    .map(([family, key]) => `${family}:${key}`)
    .join(',');
}

/** Families in which a person decided; none for nearly everybody. */
function byHandText({ held, classes }: Score): readonly string[] {
  const families = [
    ...(held?.code === 'override' ? ['value_tier'] : []),
    ...Object.entries(classes).flatMap(([family, { code }]) => (code === 'override' ? family : [])),
  ].sort();
  return families.length === 0 ? [] : [`by hand ${families.join(',')}`];
}

/** `code:points` of each part: what the hash over all scores is made of. */
function partsText(value: ScoredValue | null): string {
  return (value?.parts ?? []).map(({ code, points }) => `${code}:${points}`).join(',');
}
