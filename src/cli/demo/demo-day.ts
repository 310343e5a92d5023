import type { Clock } from '../../lib/clock.ts';
import { systemClock } from '../../lib/clock.ts';

/** The day after the last order: the demo looks back from here, on a clock that runs as ours does. */
export const demoDay = '2011-12-10';

/** Noon of the demo's day, when the demo begins. */
const beginsAt = Date.parse(`${demoDay}T12:00:00Z`);

/** Evening before: when the records were last modified, well before any window of changes. */
export const loadedAt = beginsAt - 18 * 3_600_000;

/** A clock that stands at noon of the demo's day now, and goes on from there. */
export function demoClock(): Clock {
  const ahead = beginsAt - systemClock.now();
  return { now: () => systemClock.now() + ahead, sleep: systemClock.sleep };
}
