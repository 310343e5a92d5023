import type { Prospect } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';

/** How much a customer without a won deal looks like the top tier; `null` for one who bought. */
export function prospectOf(_day: CustomerDay): Prospect | null {
  return null;
}
