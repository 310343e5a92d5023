import { dayText } from '../../domain/day.ts';
import type { Fall } from '../../domain/result.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import { overrideEnds } from '../override.ts';
import { type HeldTier, holdChangesAfter, holdTier } from '../tiers/hold-tier.ts';
import { overriddenTier } from '../tiers/overridden-tier.ts';
import { UNKNOWN } from './point-sum.ts';
import { valueChangesAfter } from './value-events.ts';
import { ValuePath } from './value-path.ts';

/** Days looked at before giving up: far more than a customer's time has. */
const MOST_STEPS = 5_000;

/**
 * The tier's next fall if nothing happens and the cut points stay: found by going from one day on
 * which something changes to the next, each scored as it will be then (by numbers; a test holds them
 * equal to full scores day by day).
 */
export function fallOf(day: CustomerDay, tiered: HeldTier): Fall | null {
  if (!canFall(day, tiered)) return null;
  const path = new ValuePath(day.timeline, day);
  let [at, held] = [day, tiered];
  for (let step = 0; step < MOST_STEPS; step++) {
    const on = nextLook(at, held, path);
    const then = on === NEVER ? null : dayOn(on, at, held, path);
    if (then === null) return null;
    const next = overriddenTier(then, holdTier(then));
    if (next.tier === null) return null;
    if (rankOf(day, next.tier) > rankOf(day, held.tier)) return { on: then.asOf, to: next.tier };
    [at, held] = [then, next];
  }
  return null;
}

/** A day as far as a tier hangs on it, from numbers; `null` where nothing can be given. */
function dayOn(
  on: number,
  at: CustomerDay,
  { standing }: HeldTier,
  path: ValuePath,
): CustomerDay | null {
  const score = scoreOn(path, on);
  const { value } = at.basic;
  if (value === null || score === UNKNOWN) return null;
  const basic = { ...at.basic, value: { ...value, score }, tier: tierAt(at, score) };
  return { ...at, asOf: dayText(on), today: on, standing, basic };
}

/**
 * Who is in the lowest tier, or in none, cannot; nor who is in one that a person gave without end, or
 * to whom the rules give none.
 */
function canFall({ cuts }: CustomerDay, { tier, held }: HeldTier): boolean {
  if (tier === null) return false;
  if (held?.code === 'override') return held.until !== null && held.without !== null;
  return tier !== cuts.tiers.at(-1)?.key;
}

function rankOf({ cuts }: CustomerDay, tier: string | null): number {
  return cuts.tiers.findIndex(({ key }) => key === tier);
}

/** The next day that may matter: days on which the score alone still gives the tier are passed over. */
function nextLook(at: CustomerDay, held: HeldTier, path: ValuePath): number {
  const ends = Math.min(holdChangesAfter(at, held), overrideEnds(at));
  let on = valueChangesAfter(at.timeline, at, at.today);
  if (!isFree(held)) return Math.min(on, ends);
  while (on < ends && tierAt(at, scoreOn(path, on)) === held.tier)
    on = valueChangesAfter(at.timeline, at, on);
  return Math.min(on, ends);
}

/** Nothing but the score holds the tier. */
function isFree({ held, standing }: HeldTier): boolean {
  return held === null && (standing === null || standing.belowSince === null);
}

function scoreOn(path: ValuePath, on: number): number {
  const then = path.quiet(on);
  return then === null ? UNKNOWN : path.scoreOf(then, 0);
}

/** The tier by the score alone. */
function tierAt({ cuts }: CustomerDay, score: number): string | null {
  return cuts.tiers.find(({ from }) => score >= from)?.key ?? null;
}
