import type { Clock } from '../../lib/clock.ts';

/** The CRM's time, from the `Date` headers of its answers: watermarks are made of it, never of ours. */
export class ServerClock {
  readonly #clock: Clock;
  #aheadMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isKnown(): boolean {
    return this.#aheadMs !== null;
  }

  /**
   * Takes in a `Date` header. It has whole seconds and is a moment old, so the estimate is a little
   * early, which is the safe side: a window never ends in the CRM's future.
   */
  note(dateHeader: string | null): void {
    const serverMs = Date.parse(dateHeader ?? '');
    if (!Number.isNaN(serverMs)) this.#aheadMs = serverMs - this.#clock.now();
  }

  /** Epoch ms; our own clock until the first answer. */
  now(): number {
    return this.#clock.now() + (this.#aheadMs ?? 0);
  }
}
