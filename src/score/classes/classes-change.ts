import { type CustomerDay, NEVER } from '../customer-day.ts';

/** The first day after `today` on which time alone may change a class or figure of this folder. */
export function classesChangeAfter(_day: CustomerDay): number {
  return NEVER;
}
