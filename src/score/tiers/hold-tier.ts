import type { Held, Standing } from '../../domain/result.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';

/** The tier that is given, and what it hangs on. */
export type HeldTier = {
  readonly tier: string | null;
  readonly standing: Standing | null;
  readonly held: Held | null;
};

/** The tier held still as the policy says: hysteresis, grace, review, one step, floor. */
export function holdTier({ basic }: CustomerDay): HeldTier {
  return { tier: basic.tier, standing: null, held: null };
}

/** The first day after `today` on which time alone may end a hold. */
export function holdChangesAfter(_day: CustomerDay, _tiered: HeldTier): number {
  return NEVER;
}
