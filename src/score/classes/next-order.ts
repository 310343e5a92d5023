import type { LocalDay } from '../../domain/time.ts';
import type { CustomerDay } from '../customer-day.ts';

/** When the next order may be expected from the customer's own rhythm. */
export function nextOrderOn(_day: CustomerDay): LocalDay | null {
  return null;
}
