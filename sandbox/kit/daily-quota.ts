const hourMs = 3_600_000;

/** So many calls a day, where a day ends at midnight in the given time zone. */
export class DailyQuota {
  readonly limit: number;
  readonly #timeZone: string;
  #used = 0;
  #resetsAt = Number.NEGATIVE_INFINITY;

  constructor(limit: number, timeZone: string) {
    this.limit = limit;
    this.#timeZone = timeZone;
  }

  hasRoom(now: number): boolean {
    return this.used(now) < this.limit;
  }

  take(now: number, calls = 1): void {
    this.#turn(now);
    this.#used += calls;
  }

  used(now: number): number {
    this.#turn(now);
    return this.#used;
  }

  remaining(now: number): number {
    return Math.max(0, this.limit - this.used(now));
  }

  resetsAt(now: number): number {
    this.#turn(now);
    return this.#resetsAt;
  }

  #turn(now: number): void {
    if (now < this.#resetsAt) return;
    this.#used = 0;
    this.#resetsAt = nextMidnight(now, this.#timeZone);
  }
}

/**
 * The first instant of the next local day. Found by halving, not by adding 24 hours: days have 23
 * or 25 of them when the clocks change.
 */
export function nextMidnight(now: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const today = format.format(now);
  let before = now;
  let after = now + 26 * hourMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (format.format(middle) === today) before = middle;
    else after = middle;
  }
  return after;
}
