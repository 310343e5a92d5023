import { dayNumber } from '../../domain/day.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';

/** The tier that a person set the customer never to fall below. */
export type Floor = {
  readonly tier: string;
  /** Whether it holds on the day. */
  readonly holds: boolean;
  /** The first day without it, since 1970; also when that is over. */
  readonly end: number;
};

/** `null` where nobody set one, or for a tier that the policy has no more. */
export function floorOf({ timeline, today, cuts }: CustomerDay): Floor | null {
  const { named } = timeline.history;
  const tier = named?.floor ?? null;
  if (named === null || tier === null || !cuts.tiers.some(({ key }) => key === tier)) return null;
  const end = named.until === null ? NEVER : (dayNumber(named.until) ?? NEVER) + 1;
  return { tier, holds: today < end, end };
}
