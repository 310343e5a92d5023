import { dayText } from '../../domain/day.ts';
import type { CustomerHistory } from '../../domain/history.ts';
import type { Policy } from '../../policy/schema.ts';
import { type CustomerDay, customerDay, type ScoreFrame } from '../customer-day.ts';
import { Timeline } from '../timeline.ts';
import { holdTier } from './hold-tier.ts';
import { TierTrack, type TierTracks } from './tier-track.ts';

/** How often tiers moved over some time, held still as the policy says and not held at all. */
export type HoldReport = {
  readonly customers: number;
  readonly scorings: number;
  readonly with: TierTracks;
  readonly without: TierTracks;
};

const off: Policy['tiers']['hold'] = {
  hysteresis: 0,
  graceDays: 0,
  stepsDown: 'any',
  review: 'anytime',
};

/**
 * Scores each customer on each of the days (ascending, since 1970), carrying its standing along, and
 * counts moves. `frameOn` gives the policy and the cut points of a day: frozen, or renewed now and then.
 */
export function holdReport(
  histories: Iterable<CustomerHistory>,
  days: readonly number[],
  frameOn: (day: number) => ScoreFrame,
): HoldReport {
  const held = new TierTrack();
  const free = new TierTrack();
  let customers = 0;
  for (const history of histories) {
    customers += 1;
    follow(history, days, frameOn, { held, free });
  }
  const scorings = customers * days.length;
  return { customers, scorings, with: held.build(), without: free.build() };
}

type Tracks = { readonly held: TierTrack; readonly free: TierTrack };

function follow(
  history: CustomerHistory,
  days: readonly number[],
  frameOn: (day: number) => ScoreFrame,
  { held, free }: Tracks,
): void {
  held.begin();
  free.begin();
  let timeline: Timeline | null = null;
  let standing: CustomerDay['standing'] = null;
  for (const on of days) {
    const frame = frameOn(on);
    timeline ??= new Timeline(history, frame.policy.purchase);
    const day = customerDay(timeline, dayText(on), frame, standing);
    const given = holdTier(day);
    held.add(on, rankOf(day, given.tier), given.held !== null);
    free.add(on, rankOf(day, holdTier(unheld(day)).tier), false);
    ({ standing } = given);
  }
}

function unheld(day: CustomerDay): CustomerDay {
  const { policy } = day;
  return { ...day, standing: null, policy: { ...policy, tiers: { ...policy.tiers, hold: off } } };
}

/** 0 is the highest tier; `null` is none. */
function rankOf({ cuts }: CustomerDay, tier: string | null): number | null {
  return tier === null ? null : cuts.tiers.findIndex(({ key }) => key === tier);
}
