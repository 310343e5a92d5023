import type { Override, OverrideFamily } from '../domain/override.ts';
import { presentKey } from '../policy/class-catalogue.ts';
import { numberOf } from './classes/number-of.ts';
import { type CustomerDay, NEVER } from './customer-day.ts';

type Day = Pick<CustomerDay, 'timeline' | 'policy' | 'today'>;

/** A person's word that holds on a day. */
export type Decided = Override & {
  /** The class as the policy has it now; retired ones have moved. */
  readonly class: string;
  /** The first day without it, since 1970. */
  readonly end: number;
};

/**
 * What somebody decided of the customer in a family, on the day: the first in the history's order that
 * has not lapsed and names a class which the policy still has. `null` where the rules decide.
 */
export function overrideOn(
  { timeline, policy, today }: Day,
  family: OverrideFamily,
): Decided | null {
  for (const override of timeline.history.overrides) {
    if (override.family !== family) continue;
    const end = endOf(override);
    if (end <= today) continue;
    const key = presentKey(policy, family, override.class);
    if (key !== null) return { ...override, class: key, end };
  }
  return null;
}

/** The first day after `today` on which one of them lapses. */
export function overrideEnds({ timeline, today }: Pick<Day, 'timeline' | 'today'>): number {
  const ends = timeline.history.overrides.map(endOf).filter((end) => end > today);
  return Math.min(NEVER, ...ends);
}

/** The last day is included. */
function endOf({ until }: Override): number {
  return numberOf(until) + 1;
}
