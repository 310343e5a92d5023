import type { CustomerDay } from '../customer-day.ts';

/** The sub-grade inside the tier; `null` without a tier or grades. */
export function gradeOf(_day: CustomerDay, _tier: string | null): string | null {
  return null;
}
