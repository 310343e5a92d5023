import { dayText } from '../../domain/day.ts';
import type { Held, Standing } from '../../domain/result.ts';
import { presentKey } from '../../policy/class-catalogue.ts';
import { numberOf } from '../classes/number-of.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import { floorOf } from './floor.ts';
import { reviewFrom } from './review-day.ts';

/** The tier that is given, and what it hangs on. */
export type HeldTier = {
  readonly tier: string | null;
  readonly standing: Standing | null;
  readonly held: Held | null;
};

/**
 * The tier held still as the policy says. It rises at once. It falls when the value has been below
 * its cut, less the hysteresis, for the days of grace: on the first review day from then on, by no
 * more steps than the policy allows, and below a floor set by hand never. Where no tier can be given
 * (nothing bought, too little known) nothing is held. Twice on a day it gives the same.
 */
export function holdTier(day: CustomerDay): HeldTier {
  const natural = day.basic.tier;
  if (natural === null) return { tier: null, standing: null, held: null };
  const standing = standingOn(day, natural);
  return { tier: standing.tier, standing, held: heldBy(day, standing, natural) };
}

/** The first day after `today` on which time alone may move a held tier, or what holds it. */
export function holdChangesAfter(day: CustomerDay, { standing }: HeldTier): number {
  if (standing === null) return NEVER;
  const { tier } = standing;
  const days = [floorEnd(day, tier), graceEnd(day, standing), fallDay(day, standing)];
  return Math.min(...days.filter((each) => each > day.today));
}

/** Where the customer stands on the day, by where it stood before. */
function standingOn(day: CustomerDay, natural: string): Standing {
  const before = usable(day);
  const floor = floorOf(day);
  const least = floor?.holds === true ? best(day, natural, floor.tier) : natural;
  if (before === null) return below(day, { tier: least, ...fresh(day), before: null });
  const kept = below(day, before);
  if (rankOf(day, least) < rankOf(day, kept.tier)) return moved(day, kept, least);
  if (fallDay(day, kept) > day.today) return kept;
  return moved(day, kept, best(day, least, stepDown(day, kept.tier)));
}

/**
 * A standing of a later day is none, nor is one in a tier that the policy has no more; one that was
 * retired stands where the policy moved it.
 */
function usable({ standing, asOf, cuts, policy }: CustomerDay): Standing | null {
  if (standing === null || standing.since > asOf) return null;
  if (standing.belowSince !== null && standing.belowSince > asOf) return null;
  if (cuts.tiers.some(({ key }) => key === standing.tier)) return standing;
  const tier = presentKey(policy, 'value_tier', standing.tier);
  return tier === null || !cuts.tiers.some(({ key }) => key === tier)
    ? null
    : { ...standing, tier, belowSince: null };
}

function moved(day: CustomerDay, from: Standing, tier: string): Standing {
  if (tier === from.tier) return from;
  return below(day, { tier, ...fresh(day), before: from.tier });
}

function fresh({ asOf }: CustomerDay) {
  return { since: asOf, belowSince: null };
}

/** The standing with the day on which the value went below its cut, or without once it is back. */
function below(day: CustomerDay, standing: Standing): Standing {
  const { hysteresis } = day.policy.tiers.hold;
  const score = day.basic.value?.score ?? 0;
  const isBelow = score < cutOf(day, standing.tier) - hysteresis;
  return { ...standing, belowSince: isBelow ? (standing.belowSince ?? day.asOf) : null };
}

/** The day on which the grace is over; never while the value is not below. */
function graceEnd({ policy }: CustomerDay, { belowSince }: Standing): number {
  return numberOf(belowSince) + policy.tiers.hold.graceDays;
}

/** The day on which the tier falls if nothing happens: at most one fall a day and a review. */
function fallDay(day: CustomerDay, standing: Standing): number {
  const over = graceEnd(day, standing);
  if (over === NEVER) return NEVER;
  const { review, stepsDown } = day.policy.tiers.hold;
  const isFree = review === 'anytime' && stepsDown === 'any';
  const moved = isFree ? over : numberOf(standing.since) + 1;
  const earliest = Math.max(over, moved, floorEnd(day, standing.tier));
  if (earliest === NEVER) return NEVER;
  return reviewFrom(earliest, review, day.signals.firstOrderOn ?? day.asOf);
}

/** The lowest tier that one review can bring the customer to. */
function stepDown({ policy, cuts }: CustomerDay, tier: string): string {
  const { stepsDown } = policy.tiers.hold;
  const from = cuts.tiers.findIndex(({ key }) => key === tier);
  const to = stepsDown === 'any' ? cuts.tiers.length - 1 : from + stepsDown;
  return cuts.tiers[Math.min(to, cuts.tiers.length - 1)]?.key ?? tier;
}

/** Why the tier is above what the value gives; made of the standing alone, so that it stays the same. */
function heldBy(day: CustomerDay, standing: Standing, without: string): Held | null {
  if (standing.tier === without) return null;
  const floor = floorOf(day);
  if (floor?.holds === true && floor.tier === standing.tier)
    return { code: 'floor', without, until: textOf(floor.end), named: floor.named };
  const falls = fallDay(day, standing);
  if (falls === NEVER) return { code: 'hysteresis', without, until: null };
  const until = dayText(falls);
  if (day.today < graceEnd(day, standing)) return { code: 'grace', without, until };
  return { code: day.policy.tiers.hold.review === 'anytime' ? 'step' : 'review', without, until };
}

/** The first day on which no floor keeps the customer in the tier; none does in one above it. */
function floorEnd(day: CustomerDay, tier: string): number {
  const floor = floorOf(day);
  return floor === null || rankOf(day, tier) < rankOf(day, floor.tier) ? -NEVER : floor.end;
}

function best(day: CustomerDay, one: string, other: string): string {
  return rankOf(day, one) <= rankOf(day, other) ? one : other;
}

/** 0 is the highest tier. */
function rankOf({ cuts }: CustomerDay, tier: string): number {
  return cuts.tiers.findIndex(({ key }) => key === tier);
}

function cutOf({ cuts }: CustomerDay, tier: string): number {
  return cuts.tiers.find(({ key }) => key === tier)?.from ?? 0;
}

function textOf(day: number): string | null {
  return day === NEVER ? null : dayText(day);
}
