import type { Clock } from '../../lib/clock.ts';

/** More than an answer is ever late. */
const resetMs = 60_000;
/** No CRM's clock is outside of these. */
const [earliest, latest] = [Date.parse('2000-01-01'), Date.parse('2200-01-01')];

/** The CRM's time, from the `Date` headers of its answers: watermarks are made of it, never of ours. */
export class ServerClock {
  readonly #clock: Clock;
  #aheadMs: number | null = null;
  /** Of an answer that was far ahead of those before it; a second one makes it believed. */
  #doubtedMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isKnown(): boolean {
    return this.#aheadMs !== null;
  }

  /**
   * Takes in a `Date` header. It has whole seconds and is a moment old, so each estimate is early,
   * by up to a second; the latest of them is nearest. Early is the safe side: a window never ends in
   * the CRM's future. A step back by more than that means that a clock was set; a step ahead is believed
   * when two answers say it: the watermark of one that is spoilt would hide all changes until then.
   */
  note(dateHeader: string | null): void {
    const serverMs = Date.parse(dateHeader ?? '');
    if (!(serverMs >= earliest && serverMs <= latest)) return;
    const estimate = serverMs - this.#clock.now();
    const known = this.#aheadMs ?? estimate;
    const doubted = this.#doubtedMs;
    this.#doubtedMs = estimate - known > resetMs ? estimate : null;
    if (this.#doubtedMs !== null && !isNear(this.#doubtedMs, doubted)) return;
    this.#aheadMs = known - estimate > resetMs ? estimate : Math.max(known, estimate);
  }

  /** Epoch ms; our own clock until the first answer. */
  now(): number {
    return this.#clock.now() + (this.#aheadMs ?? 0);
  }
}

function isNear(one: number, other: number | null): boolean {
  return other !== null && Math.abs(one - other) <= resetMs;
}
