import type { ClassKey } from '../../domain/classes.ts';
import type { ClassResult, Prediction } from '../../domain/result.ts';
import type { Policy } from '../../policy/schema.ts';

/** The risk of losing the customer, by its chance to buy within the horizon; `null` without one. */
export function churnRiskOf(
  { lifetime }: Pick<Policy, 'lifetime'>,
  prediction: Prediction | null,
): ClassResult | null {
  if (prediction === null) return null;
  const { probabilityBuys, horizonDays, model, basis } = prediction;
  return {
    key: riskOf(probabilityBuys, lifetime),
    since: null,
    code: 'churn_risk.chance',
    facts: { probabilityBuys, horizonDays, model, basis },
  };
}

function riskOf(chance: number, limits: Policy['lifetime']): ClassKey<'churn_risk'> {
  if (chance >= limits.lowRiskFrom) return 'low';
  return chance < limits.churnRiskBelow ? 'high' : 'medium';
}
