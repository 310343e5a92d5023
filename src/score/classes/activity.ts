import type { Policy } from '../../policy/schema.ts';
import { countUpTo } from '../count-up-to.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import type { Timeline } from '../timeline.ts';
import { firstChange } from './first-change.ts';

/** After so many half-lives an order is too faint to count: the index comes to rest at 0. */
const HALF_LIVES = 8;

type Rule = Policy['activity'];

/**
 * Decayed purchases, 0–100 [C7]; `null` without one. An order's weight halves at each full half-life
 * of its age, so that the index holds still between; `fullAt` fresh orders give 100.
 */
export function activityOf({ timeline, today, policy }: CustomerDay): number | null {
  return indexOn(timeline, today, policy.activity);
}

/** The first day after `today` on which decay changes the index. */
export function activityChangesAfter({ timeline, today, policy }: CustomerDay): number {
  const rule = policy.activity;
  return firstChange(
    today,
    (after) => nextHalving(timeline, after, rule),
    (day) => indexOn(timeline, day, rule),
  );
}

function indexOn(timeline: Timeline, today: number, { halfLifeDays, fullAt }: Rule): number | null {
  if (timeline.ordersUpTo(today) === 0) return null;
  let weight = 0;
  for (const day of alive(timeline, today, halfLifeDays))
    weight += 2 ** -Math.floor((today - day) / halfLifeDays);
  return Math.round(100 * Math.min(1, weight / fullAt));
}

function nextHalving(timeline: Timeline, after: number, { halfLifeDays }: Rule): number {
  let next = NEVER;
  for (const day of alive(timeline, after, halfLifeDays)) {
    const halved = Math.floor((after - day) / halfLifeDays) + 1;
    next = Math.min(next, day + halved * halfLifeDays);
  }
  return next;
}

function alive({ days }: Timeline, today: number, halfLifeDays: number): readonly number[] {
  return days.slice(countUpTo(days, today - HALF_LIVES * halfLifeDays), countUpTo(days, today));
}
