import type { ClassKey } from '../../domain/classes.ts';
import type { ClassResult } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';
import { valueWithoutLoyalty } from '../quadrant-value.ts';

/** Value without loyalty against loyalty [A5]; `null` where either is unknown. */
export function quadrantOf({ signals, cuts, policy, basic }: CustomerDay): ClassResult | null {
  const value = valueWithoutLoyalty(signals, cuts, policy);
  if (value === null || basic.loyalty === null) return null;
  const loyalty = basic.loyalty.score;
  const from = cuts.quadrant;
  return {
    key: quadrantKey(value >= from.value, loyalty >= from.loyalty),
    since: null,
    code: 'quadrant.cuts',
    facts: { value, valueFrom: from.value, loyalty, loyaltyFrom: from.loyalty },
  };
}

function quadrantKey(valuable: boolean, loyal: boolean): ClassKey<'quadrant'> {
  if (valuable) return loyal ? 'star' : 'big_unattached';
  return loyal ? 'loyal_small' : 'other';
}
