import type { NamedRule } from '../../domain/history.ts';
import type { ClassResult } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';
import { facts } from '../facts.ts';
import { overrideOn } from '../override.ts';
import type { HeldTier } from '../tiers/hold-tier.ts';
import { numberOf } from './number-of.ts';

/**
 * Red, normal or black [D5]. Black is by hand only; red by hand or by the highest tier. `null` for
 * those without a tier whom nobody has named.
 */
export function importanceOf(
  day: CustomerDay,
  { tier, standing, held }: HeldTier,
): ClassResult | null {
  const named = namedNow(day);
  if (named !== null && named.importance !== null) {
    const { importance, why, by, until } = named;
    return {
      key: importance,
      since: null,
      code: 'importance.named',
      facts: facts({ why, by, until }),
    };
  }
  if (tier === null && named === null) return null;
  const known = facts({ tier });
  const since = held?.code === 'override' ? null : (standing?.since ?? null);
  return tier !== null && tier === day.policy.tiers.classes[0]?.key
    ? { key: 'red', since, code: 'importance.top_tier', facts: known }
    : { key: 'normal', since: null, code: 'importance.none', facts: known };
}

/** The first day on which a rule by hand holds no more; infinite where it has no end, or none holds. */
export function namedEnds(day: CustomerDay): number {
  return numberOf(namedNow(day)?.until ?? null) + 1;
}

/** The last day, since 1970, of being on the black list as of today; `null` for who is not on it. */
export function blackUntil(day: CustomerDay): number | null {
  const decided = overrideOn(day, 'importance');
  if (decided !== null) return decided.class === 'black' ? decided.end - 1 : null;
  const named = namedNow(day);
  return named?.importance === 'black' ? numberOf(named.until) : null;
}

function namedNow({ timeline, asOf }: CustomerDay): NamedRule | null {
  const { named } = timeline.history;
  return named === null || (named.until !== null && named.until < asOf) ? null : named;
}
