import type { CustomerDay } from '../customer-day.ts';
import { loyaltyScoreOf } from '../loyalty.ts';
import { nextQuarterLost, type Rhythm, repeatShare } from '../repeat.ts';
import { firstOfMonth, monthOf } from './calendar.ts';

/**
 * The first day after `today` and before `end` on which silence or the months that go by change the
 * loyalty points; `end` when there is none. Both only ever take points away.
 */
export function loyaltyChangesBefore(end: number, day: CustomerDay): number {
  const { signals, policy, today } = day;
  if (signals.daysSinceLastOrder === null || repeatShare(signals, policy) === 0) return end;
  const now = pointsOn(day, today);
  for (let on = nextStep(day, today); on < end; on = nextStep(day, on))
    if (pointsOn(day, on) !== now) return on;
  return end;
}

/** The next first of a month, or the end of a quarter of freshness. */
function nextStep(day: CustomerDay, after: number): number {
  const then = rhythmOn(day, after);
  const more = nextQuarterLost(then.daysSinceLastOrder, then, day.policy) - then.daysSinceLastOrder;
  return Number.isFinite(more)
    ? Math.min(after + more, firstOfMonth(monthOf(after) + 1))
    : Number.POSITIVE_INFINITY;
}

function pointsOn(day: CustomerDay, on: number): string {
  const signals = { ...day.signals, ...rhythmOn(day, on) };
  const parts = loyaltyScoreOf(signals, day.policy)?.parts ?? [];
  return parts.map(({ points }) => points).join();
}

/** How long ago first and last order will be on a later day. */
function rhythmOn({ signals, today }: CustomerDay, on: number) {
  return {
    ...signals,
    daysSinceLastOrder: (signals.daysSinceLastOrder ?? 0) + on - today,
    monthsSinceFirst: signals.monthsSinceFirst + monthOf(on) - monthOf(today),
  } satisfies Rhythm;
}
