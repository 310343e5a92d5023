import type { Signals } from '../domain/score.ts';
import type { Policy } from '../policy/schema.ts';

/** The signals that repeat buying is scored by. */
export type Rhythm = Pick<
  Signals,
  'daysSinceLastOrder' | 'monthsSinceFirst' | 'monthsWithOrder' | 'medianGapDays' | 'gapSpreadDays'
>;

/**
 * How regularly the customer buys again, 0–1; `null` without a purchase. Months with a further
 * purchase and evenness of the gaps, times how fresh the last one is: who stopped is not loyal.
 */
export function repeatShare(signals: Rhythm, policy: Policy): number | null {
  if (signals.daysSinceLastOrder === null) return null;
  const { regularityShare } = policy.loyalty.repeat;
  const presence = presenceOf(signals, policy);
  const regularity = regularityOf(signals);
  const habit =
    regularity === null
      ? presence
      : presence * (1 - regularityShare) + regularity * regularityShare;
  return habit * freshnessOf(signals.daysSinceLastOrder, signals, policy);
}

/** Months with a purchase after the first month, against those that would earn all points. */
function presenceOf({ monthsWithOrder, monthsSinceFirst }: Rhythm, policy: Policy): number {
  const { fullMonthsShare, fullMonthsAtLeast } = policy.loyalty.repeat;
  const wanted = Math.max(fullMonthsAtLeast, fullMonthsShare * (monthsSinceFirst - 1));
  return Math.min(1, Math.max(0, monthsWithOrder - 1) / wanted);
}

/** 1 for even gaps, 0 when they stray by the gap itself; unknown below three purchases. */
function regularityOf({ medianGapDays, gapSpreadDays }: Rhythm): number | null {
  if (medianGapDays === null || gapSpreadDays === null) return null;
  return 1 - Math.min(1, gapSpreadDays / Math.max(1, medianGapDays));
}

/** 1, then a quarter less in each quarter of the time to lapse: so scores do not change daily. */
function freshnessOf(daysSince: number, rhythm: Rhythm, policy: Policy): number {
  return (QUARTERS - quartersLost(daysSince, rhythm, policy)) / QUARTERS;
}

const QUARTERS = 4;

function quartersLost(daysSince: number, rhythm: Rhythm, policy: Policy): number {
  const lost = Math.floor((QUARTERS * daysSince) / lapsedAfter(rhythm, policy));
  return Math.min(QUARTERS, lost);
}

function lapsedAfter({ medianGapDays }: Rhythm, policy: Policy): number {
  const { lapsedAfterDays, lapsedAfterGaps } = policy.loyalty.repeat;
  return Math.max(lapsedAfterDays, lapsedAfterGaps * (medianGapDays ?? 0));
}

/** Days of silence at which the next quarter of freshness is lost; infinite once all are. */
export function nextQuarterLost(daysSince: number, rhythm: Rhythm, policy: Policy): number {
  const lost = quartersLost(daysSince, rhythm, policy);
  if (lost === QUARTERS) return Number.POSITIVE_INFINITY;
  let days = Math.floor(((lost + 1) * lapsedAfter(rhythm, policy)) / QUARTERS);
  // Rounding may put the quotient just below a whole number, as it does in `quartersLost` itself.
  while (quartersLost(days, rhythm, policy) <= lost) days += 1;
  return days;
}
