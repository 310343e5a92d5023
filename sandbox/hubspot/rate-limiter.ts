import { DailyQuota } from '../kit/daily-quota.ts';
import { SlidingWindow } from '../kit/sliding-window.ts';
import type { Lane } from './lanes.ts';
import type { Allowance } from './plans.ts';

const tenSecondsMs = 10_000;
const secondMs = 1_000;

/** The limits that can refuse a call, by the name in a 429's `policyName` (README 26). */
export const policies = ['TEN_SECONDLY_ROLLING', 'SECONDLY', 'DAILY'] as const;
export type Policy = (typeof policies)[number];

/** Who calls what, as far as limits look at it. */
export interface LimitedCall {
  readonly lane: Lane;
  readonly appId: string;
  /** The daily headers are absent for OAuth apps (README 26). */
  readonly oauth: boolean;
  readonly at: number;
}

/** Whether a call may go on, and the headers its answer carries either way. */
export interface Verdict {
  readonly refusedBy?: Policy;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * All rate limits of one portal: a rolling ten seconds per app, one second of searches and a day per
 * account, and windows of their own for associations (README 26). A refused call uses up
 * nothing; whether it does at HubSpot is unknown (README C17).
 */
export class RateLimiter {
  readonly allowance: Allowance;
  readonly daily: DailyQuota;
  readonly #search: SlidingWindow;
  readonly #associationsDaily: DailyQuota;
  readonly #windows = new Map<string, SlidingWindow>();

  constructor(allowance: Allowance, timeZone: string) {
    this.allowance = allowance;
    const { daily = Number.POSITIVE_INFINITY, associationsDaily = daily } = allowance;
    this.daily = new DailyQuota(daily, timeZone);
    this.#associationsDaily = new DailyQuota(associationsDaily, timeZone);
    this.#search = new SlidingWindow(allowance.search, secondMs);
  }

  /** Counts the call, or says which limit refuses it. */
  admit(call: LimitedCall): Verdict {
    const { lane, at } = call;
    if (lane === 'unlimited') return { headers: {} };
    const window = lane === 'search' ? this.#search : this.#window(call);
    const days = lane === 'associations' ? [this.daily, this.#associationsDaily] : [this.daily];
    const refusedBy = refusal(window, days, lane, at);
    if (refusedBy === undefined) {
      window.take(at);
      for (const day of days) day.take(at);
    }
    const headers = this.#headers(call, window);
    return refusedBy === undefined ? { headers } : { refusedBy, headers };
  }

  #window({ lane, appId }: LimitedCall): SlidingWindow {
    const { tenSecondly, associations } = this.allowance;
    const key = `${lane}/${appId}`;
    const known = this.#windows.get(key);
    if (known !== undefined) return known;
    const limit = lane === 'associations' ? associations : tenSecondly;
    const window = new SlidingWindow(limit, tenSecondsMs);
    this.#windows.set(key, window);
    return window;
  }

  // Search answers carry none of these (README 26).
  #headers(call: LimitedCall, window: SlidingWindow): Readonly<Record<string, string>> {
    const { lane, oauth, at } = call;
    if (lane === 'search') return {};
    const rolling = {
      'X-HubSpot-RateLimit-Max': String(window.limit),
      'X-HubSpot-RateLimit-Remaining': String(window.remaining(at)),
      'X-HubSpot-RateLimit-Interval-Milliseconds': String(window.windowMs),
    };
    if (oauth || !Number.isFinite(this.daily.limit)) return rolling;
    return {
      ...rolling,
      'X-HubSpot-RateLimit-Daily': String(this.daily.limit),
      'X-HubSpot-RateLimit-Daily-Remaining': String(this.daily.remaining(at)),
    };
  }
}

function refusal(
  window: SlidingWindow,
  days: readonly DailyQuota[],
  lane: Lane,
  at: number,
): Policy | undefined {
  if (days.some((day) => !day.hasRoom(at))) return 'DAILY';
  if (window.hasRoom(at)) return undefined;
  return lane === 'search' ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING';
}
