import type { Cron } from './cron.ts';
import { instantsOf, offsetAt, skippedInstant } from './wall-clock.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** A rule that comes at all comes within eight years: 29 February, around 2100. */
const daysAhead = 366 * 8 + 1;

/**
 * The last time at or before `now` (epoch ms) that was due. A time of day that is skipped when clocks
 * go forward is due that much later, one that comes twice is due the first time; a rule of every so
 * many hours goes by the clock on the wall through both.
 */
export function lastDue(cron: Cron, timeZone: string, now: number): number {
  return search(cron, timeZone, now, -1, (due) => due.findLast((instant) => instant <= now));
}

/** The first time after `now` that is due. */
export function nextDue(cron: Cron, timeZone: string, now: number): number {
  return search(cron, timeZone, now, 1, (due) => due.find((instant) => instant > now));
}

type Choose = (due: readonly number[]) => number | undefined;

function search(cron: Cron, timeZone: string, now: number, step: number, choose: Choose): number {
  const today = Math.floor((now + offsetAt(now, timeZone)) / dayMs);
  for (let days = 0; days < daysAhead; days += 1) {
    const found = choose(dueOn(cron, timeZone, today + days * step));
    if (found !== undefined) return found;
  }
  throw new RangeError(`"${cron.text}" is never due`);
}

/** All of one day (days since the epoch), sorted. */
function dueOn(cron: Cron, timeZone: string, day: number): readonly number[] {
  const date = new Date(day * dayMs);
  const isOn = cron.isOn({
    month: date.getUTCMonth() + 1,
    dayOfMonth: date.getUTCDate(),
    weekday: date.getUTCDay(),
  });
  if (!isOn) return [];
  const walls = cron.hours.flatMap((hour) =>
    cron.minutes.map((minute) => day * dayMs + (hour * 60 + minute) * minuteMs),
  );
  const due = instantsOf(walls, timeZone).flatMap(([first, second], at) => {
    if (cron.isEveryHour) return [first, second].filter((instant) => instant !== null);
    return [first ?? skippedInstant(walls[at] ?? 0, timeZone)];
  });
  return due.toSorted((one, other) => one - other);
}
