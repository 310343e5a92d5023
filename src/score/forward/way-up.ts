import { dayText } from '../../domain/day.ts';
import type { WayUp } from '../../domain/result.ts';
import { blackUntil } from '../classes/importance.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import { overrideOn } from '../override.ts';
import type { HeldTier } from '../tiers/hold-tier.ts';
import { quarterEnd } from './calendar.ts';
import { NeededOrder } from './needed-order.ts';
import { ValuePath } from './value-path.ts';

/** A quarter that ends sooner leaves too little time: the next one is named. */
const LEAST_OF_QUARTER = 30;
/** What holds for fewer days is not worth saying. */
const LEAST_DAYS = 14;

/** The way up, and the first day after today on which time alone makes it another. */
export type WayUpAhead = { readonly wayUp: WayUp | null; readonly changesAfter: number };

/**
 * The least single order that lifts the customer a tier on whichever day it is placed, from today to
 * the end of a quarter or as long as it holds. `null` at the top, without a tier, on the black list,
 * in a tier that a person gave, and where no single order is enough.
 */
export function wayUpAhead(day: CustomerDay, tiered: HeldTier): WayUpAhead {
  const closed = closedUntil(day);
  if (closed !== null) return { wayUp: null, changesAfter: closed };
  const aim = nextTier(day, tiered);
  if (aim === null) return { wayUp: null, changesAfter: NEVER };
  const until = lastDay(day.today);
  const spans = spansOf(needsOf(day, aim.from, until), day.today);
  const spanOn = (today: number): Span | null => usable(today, spans[today - day.today] ?? null);
  const now = spanOn(day.today);
  const turn = until - LEAST_OF_QUARTER + 1;
  let changesAfter = day.today + 1;
  while (changesAfter < turn && isSame(spanOn(changesAfter), now)) changesAfter += 1;
  const wayUp = now && { tier: aim.key, minor: now.minor, by: dayText(now.last) };
  return { wayUp, changesAfter };
}

type Aim = { readonly key: string; readonly from: number };

/** The tier above the one that is given. */
function nextTier({ cuts }: CustomerDay, { tier }: HeldTier): Aim | null {
  const at = cuts.tiers.findIndex(({ key }) => key === tier);
  return cuts.tiers[at - 1] ?? null;
}

/** The first day on which an order may lift the tier again: no order moves what a person decided. */
function closedUntil(day: CustomerDay): number | null {
  const black = blackUntil(day);
  const decided = overrideOn(day, 'value_tier');
  if (black === null) return decided?.end ?? null;
  return Math.min(black + 1, decided?.end ?? NEVER);
}

/** Of the first quarter that ends late enough. */
function lastDay(today: number): number {
  const end = quarterEnd(today);
  return end - today >= LEAST_OF_QUARTER ? end : quarterEnd(end + 1);
}

/** The least order on each day from today on. */
function needsOf(day: CustomerDay, from: number, until: number): readonly number[] {
  const path = new ValuePath(day.timeline, day);
  const needed = new NeededOrder(path, {
    from,
    spend: day.cuts.spend,
    currency: day.signals.currency,
  });
  const needs: number[] = [];
  for (let on = day.today; on <= until; on++) needs.push(needed.on(path.placed(on)));
  return needs;
}

/** From a day on: how long some order is enough, and the least that is enough all that time. */
type Span = { readonly last: number; readonly minor: number };

/** By day from `today`; `null` on a day on which no order is enough. */
function spansOf(needs: readonly number[], today: number): readonly (Span | null)[] {
  const spans: (Span | null)[] = new Array(needs.length).fill(null);
  let after: Span | null = null;
  for (let at = needs.length - 1; at >= 0; at--) {
    const minor = needs[at] ?? NEVER;
    after = minor === NEVER ? null : joined(today + at, minor, after);
    spans[at] = after;
  }
  return spans;
}

function joined(day: number, minor: number, after: Span | null): Span {
  if (after === null) return { last: day, minor };
  return after.minor >= minor ? after : { last: after.last, minor };
}

function usable(today: number, span: Span | null): Span | null {
  return span === null || span.last - today < LEAST_DAYS ? null : span;
}

function isSame(one: Span | null, other: Span | null): boolean {
  return one?.minor === other?.minor && one?.last === other?.last;
}
