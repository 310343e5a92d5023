import type { Stability, Standards } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';

/** The five standards of a good customer. */
export function standardsOf(_day: CustomerDay, _stability: Stability | null): Standards | null {
  return null;
}
