import { dayText } from '../../domain/day.ts';
import type { ClassResult } from '../../domain/result.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import { facts } from '../facts.ts';
import { type Decided, overrideOn } from '../override.ts';

/** The class that a person gave, in place of the rules' own; `null` without either. */
export function overriddenClass(
  day: CustomerDay,
  family: Exclude<Decided['family'], 'value_tier'>,
  found: ClassResult | null,
): ClassResult | null {
  const decided = overrideOn(day, family);
  if (decided === null) return found;
  const { why, by, until, end } = decided;
  return {
    key: decided.class,
    since: null,
    ...(end !== NEVER && { until: dayText(end) }),
    code: 'override',
    facts: facts({ why, by, until, without: found?.key ?? null }),
  };
}
