import type { CustomerDay } from '../customer-day.ts';

/** Decayed purchases, 0–100; `null` without one. */
export function activityOf(_day: CustomerDay): number | null {
  return null;
}
