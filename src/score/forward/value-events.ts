import { NEVER, type ScoreFrame } from '../customer-day.ts';
import { OVERDUE_MOST, OVERDUE_STEP } from '../dues.ts';
import type { Timeline } from '../timeline.ts';
import { firstOfMonth, monthOf, windowExit, windowStart } from './calendar.ts';

/**
 * The first day after `day` on which time alone may change the value score or one of its parts: a
 * sale of the future, an amount that leaves the window, a step of freshness, a month that counts, a
 * due date. Infinite when none ever will.
 */
export function valueChangesAfter(timeline: Timeline, frame: ScoreFrame, day: number): number {
  return Math.min(
    timeline.nextSaleAfter(day),
    leavesWindowAfter(timeline, frame, day),
    loyaltyChangesAfter(timeline, frame, day),
    duesChangeAfter(timeline, frame, day),
  );
}

function leavesWindowAfter(timeline: Timeline, { policy }: ScoreFrame, day: number): number {
  const oldest = timeline.nextSaleAfter(windowStart(day, policy.windowMonths) - 1);
  return oldest > day ? NEVER : windowExit(oldest, policy.windowMonths);
}

function loyaltyChangesAfter(timeline: Timeline, { policy }: ScoreFrame, day: number): number {
  const orders = timeline.ordersUpTo(day);
  const last = timeline.days[orders - 1];
  if (last === undefined || policy.loyalty.weights.repeat <= 0) return NEVER;
  const { lapsedAfterDays, lapsedAfterGaps } = policy.loyalty.repeat;
  const gap = timeline.gapsOf(orders).medianGapDays ?? 0;
  const lapsedAfter = Math.max(lapsedAfterDays, lapsedAfterGaps * gap);
  const quarter = Math.floor((4 * (day - last)) / lapsedAfter);
  if (quarter >= 4) return NEVER;
  return Math.min(
    last + daysUntil(quarter + 1, lapsedAfter),
    monthCountsAfter(timeline, orders, { policy }, day),
  );
}

/** The least whole number of days of which so many quarters of the time to lapse have passed. */
function daysUntil(quarter: number, lapsedAfter: number): number {
  const about = Math.ceil((quarter * lapsedAfter) / 4);
  return Math.floor((4 * (about - 1)) / lapsedAfter) >= quarter ? about - 1 : about;
}

/** The month on whose first day more months with an order are wanted than there are. */
function monthCountsAfter(
  { days, months }: Timeline,
  orders: number,
  { policy }: Pick<ScoreFrame, 'policy'>,
  day: number,
): number {
  const { fullMonthsShare, fullMonthsAtLeast } = policy.loyalty.repeat;
  const further = (months[orders - 1] ?? 0) - 1;
  const [first] = days;
  if (further <= 0 || first === undefined || fullMonthsShare === 0) return NEVER;
  const had = Math.max(further, fullMonthsAtLeast);
  const passed = Math.floor(had / fullMonthsShare);
  const needed = fullMonthsShare * passed > had ? passed : passed + 1;
  return firstOfMonth(Math.max(monthOf(day) + 1, monthOf(first) + needed));
}

function duesChangeAfter({ dues }: Timeline, { cuts }: ScoreFrame, day: number): number {
  if (!cuts.coverage.dues) return NEVER;
  let soonest = NEVER;
  for (const { day: soldOn, dueDay = NEVER, paidDay = NEVER } of dues) {
    if (soldOn > day) continue;
    if (dueDay >= day) soonest = Math.min(soonest, dueDay + 1);
    else if (paidDay > day) soonest = Math.min(soonest, paidDay, nextStep(dueDay, day));
  }
  return soonest;
}

/** What is unpaid grows by whole weeks up to a year. */
function nextStep(dueDay: number, day: number): number {
  const passed = Math.floor((day - dueDay) / OVERDUE_STEP) + 1;
  return passed * OVERDUE_STEP > OVERDUE_MOST ? NEVER : dueDay + passed * OVERDUE_STEP;
}
