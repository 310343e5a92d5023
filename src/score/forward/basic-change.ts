import type { Sale } from '../../domain/history.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import { OVERDUE_MOST, OVERDUE_STEP } from '../dues.ts';
import { windowExit, windowStart } from './calendar.ts';

/**
 * The first day after `today` on which time alone may change signals, RFM, spend or credit: a sale
 * comes alive or leaves the window, recency loses a point, something falls due or stays unpaid.
 */
export function basicChangesAfter(day: CustomerDay): number {
  return Math.min(nextSale(day), nextExit(day), nextRecency(day), nextDue(day));
}

/** Also of sales that the policy does not count: until their day they are counted as a problem. */
function nextSale({ timeline, today }: CustomerDay): number {
  const { sales } = timeline.history;
  if ((sales.at(-1)?.day ?? today) <= today) return NEVER;
  return sales.find(({ day }) => day > today)?.day ?? NEVER;
}

function nextExit({ timeline, policy, today }: CustomerDay): number {
  const oldest = timeline.nextSaleAfter(windowStart(today, policy.windowMonths) - 1);
  return oldest > today ? NEVER : windowExit(oldest, policy.windowMonths);
}

function nextRecency({ signals, cuts, today }: CustomerDay): number {
  const { daysSinceLastOrder } = signals;
  if (daysSinceLastOrder === null) return NEVER;
  const left = cuts.recencyDays.filter((threshold) => threshold >= daysSinceLastOrder);
  return left.length === 0 ? NEVER : today + Math.min(...left) - daysSinceLastOrder + 1;
}

function nextDue({ timeline, cuts, today }: CustomerDay): number {
  if (!cuts.coverage.dues) return NEVER;
  let soonest = NEVER;
  for (const sale of timeline.dues) {
    if (sale.day > today) break;
    soonest = Math.min(soonest, dueChange(sale, today));
  }
  return soonest;
}

/** Due the day after, then paid, or unpaid for another week. */
function dueChange({ dueDay = NEVER, paidDay = NEVER }: Sale, today: number): number {
  if (dueDay >= today) return dueDay + 1;
  if (paidDay <= today) return NEVER;
  const late = OVERDUE_STEP * (1 + Math.floor((today - dueDay) / OVERDUE_STEP));
  return Math.min(paidDay, late > OVERDUE_MOST ? NEVER : dueDay + late);
}
