import { setTimeout } from 'node:timers/promises';
import PQueue from 'p-queue';
import { longestWaitMs } from './retry-after.ts';

/** So many calls start in any window of this length. */
export type RateLimit = { readonly calls: number; readonly intervalMs: number };

/** Says that the call is answered, or given up. */
export type Leave = () => void;

/**
 * When a call stops counting: a window after its start, or after its answer. The first wastes
 * nothing. The second is certain: however busy this process is, a call has arrived before it is
 * answered, so no two windows' calls can arrive in one. For short windows it is the only safe way.
 */
export type CountFrom = 'start' | 'answer';

/**
 * Our share of one rate limit. Calls enter one by one; the sliding window of p-queue's `strict` mode
 * holds them back. The limit may change while calls wait.
 */
export class RateBudget {
  readonly #share: number;
  readonly #countFrom: CountFrom;
  #limit: RateLimit;
  #queue: PQueue;
  #starts: number[] = [];
  readonly #closing = new AbortController();
  #heldUntil = 0;
  #left: { readonly at: number; readonly counted: number } | null = null;
  #release: NodeJS.Timeout | undefined;

  /** @param share of the limit that is ours, above 0 and at most 1. */
  constructor(limit: RateLimit, share: number, countFrom: CountFrom = 'start') {
    this.#share = share;
    this.#countFrom = countFrom;
    this.#limit = limit;
    this.#queue = this.#newQueue();
  }

  /** Calls that may start in one interval. */
  get cap(): number {
    return Math.max(1, Math.floor(this.#limit.calls * this.#share));
  }

  get limit(): RateLimit {
    return this.#limit;
  }

  /**
   * Resolves when a call may start, with what to do when it is over; rejects with the signal's reason
   * when it aborts first. Of those that wait, a higher priority goes first.
   */
  async enter(signal: AbortSignal, priority = 0): Promise<Leave> {
    for (;;) {
      const queue = this.#queue;
      const { promise, resolve, reject } = Promise.withResolvers<Leave>();
      queue.add(() => this.#start(resolve), { priority, signal }).catch(reject);
      try {
        return await promise;
      } catch (error) {
        // A changed limit replaces the queue and clears the old one: its callers line up again.
        if (queue === this.#queue || signal.aborted) throw error;
      }
    }
  }

  /** Takes over what the CRM says its limit is. Calls of the running window stay counted. */
  setLimit(limit: RateLimit): void {
    const { calls, intervalMs } = this.#limit;
    if (limit.calls === calls && limit.intervalMs === intervalMs) return;
    const before = this.#queue;
    this.#limit = limit;
    this.#queue = this.#newQueue();
    const running = Math.min(this.#recentStarts().length, this.cap);
    for (let call = 0; call < running; call += 1) void this.#queue.add(() => undefined);
    if (this.#heldUntil > Date.now()) this.#queue.pause();
    before.clear();
  }

  /** Lets nobody start for so long: the CRM said that the window is full. */
  hold(askedMs: number): void {
    // A timer takes no more than 24 days; nobody who waits should wait that long.
    const ms = Math.min(askedMs, longestWaitMs);
    const until = Date.now() + ms;
    if (until <= this.#heldUntil) return;
    this.#heldUntil = until;
    this.#queue.pause();
    clearTimeout(this.#release);
    this.#release = globalThis.setTimeout(() => this.#queue.start(), ms);
  }

  /**
   * Counts the calls of the window that `before` let start until it was closed: a connection that is
   * opened again at once is the same to its CRM.
   */
  goOn(before: RateBudget): void {
    this.setLimit(before.limit);
    const { at, counted } = before.#left ?? { at: 0, counted: 0 };
    if (Date.now() - at >= this.#limit.intervalMs) return;
    for (let call = 0; call < Math.min(counted, this.cap); call += 1)
      void this.#queue.add(() => this.#start(leaveAtOnce));
    if (before.#heldUntil > Date.now()) this.hold(before.#heldUntil - Date.now());
  }

  /** Ends every timer, so that a process can end. */
  close(): void {
    const counted =
      this.#countFrom === 'answer' ? this.#queue.pending : this.#recentStarts().length;
    this.#left = { at: Date.now(), counted };
    this.#closing.abort();
    clearTimeout(this.#release);
    this.#queue.clear();
  }

  #newQueue(): PQueue {
    const { intervalMs } = this.#limit;
    if (this.#countFrom === 'answer') return new PQueue({ concurrency: this.cap });
    return new PQueue({
      strict: true,
      intervalCap: this.cap,
      interval: intervalMs + padMs(intervalMs),
    });
  }

  /** The task of a call: over at once, or a window after its answer. */
  async #start(admit: (leave: Leave) => void): Promise<void> {
    this.#starts = [...this.#recentStarts(), Date.now()];
    if (this.#countFrom === 'start') {
      admit(() => undefined);
      return;
    }
    const answered = Promise.withResolvers<void>();
    admit(answered.resolve);
    await answered.promise;
    const { signal } = this.#closing;
    await setTimeout(this.#limit.intervalMs, undefined, { signal }).catch(() => undefined);
  }

  #recentStarts(): number[] {
    const since = Date.now() - this.#limit.intervalMs;
    return this.#starts.filter((start) => start > since);
  }
}

function leaveAtOnce(leave: Leave): void {
  leave();
}

// The server counts when a call arrives, we when it leaves: two calls a whole window apart may
// arrive closer together. Costs 1.5 % of a long window and saves a 429.
function padMs(intervalMs: number): number {
  return Math.max(100, Math.ceil(intervalMs * 0.015));
}
