import type { Stability } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';

/** How even the spend is from period to period. */
export function stabilityOf(_day: CustomerDay): Stability | null {
  return null;
}
