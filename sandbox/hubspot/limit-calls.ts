import type { RequestHandler } from 'express';
import { endpointOf, identityOf } from './auth.ts';
import { notePolicy } from './faults.ts';
import { type Allowance, allowanceOf, type Plan } from './plans.ts';
import { RateLimiter } from './rate-limiter.ts';
import { tooMany } from './too-many.ts';

/** Which limits are in force. */
export interface LimitSettings {
  /** `off` counts the day, for the usage endpoint, and refuses nothing. */
  readonly plan: Plan | 'off';
  /** API limit increases bought, 0 to 2. Default 0. */
  readonly addOns?: number | undefined;
  /** Other figures than the plan's, for tests that want to reach a limit soon. */
  readonly override?: Partial<Allowance> | undefined;
  /** Calls of today that other apps have made already. Default 0. */
  readonly usedToday?: number | undefined;
}

/** The limits of a sandbox; they can be changed while it runs. */
export class CallLimits {
  readonly #timeZone: string;
  readonly #clock: () => number;
  #limiter: RateLimiter;
  #settings: LimitSettings;

  constructor(settings: LimitSettings, timeZone: string, clock: () => number) {
    this.#timeZone = timeZone;
    this.#clock = clock;
    this.#settings = settings;
    this.#limiter = this.#build(settings);
  }

  get settings(): LimitSettings {
    return this.#settings;
  }

  get limiter(): RateLimiter {
    return this.#limiter;
  }

  get isOff(): boolean {
    return this.#settings.plan === 'off';
  }

  /** New limits begin with empty windows. */
  change(settings: LimitSettings): void {
    this.#settings = settings;
    this.#limiter = this.#build(settings);
  }

  #build({ plan, addOns = 0, override = {}, usedToday = 0 }: LimitSettings): RateLimiter {
    const base = plan === 'off' ? 'enterprise' : plan;
    const limiter = new RateLimiter({ ...allowanceOf(base, addOns), ...override }, this.#timeZone);
    limiter.daily.take(this.#clock(), usedToday);
    return limiter;
  }
}

/** Refuses a call beyond its limit with HubSpot's 429, and puts HubSpot's headers on all others. */
export function limitCalls(limits: CallLimits, clock: () => number): RequestHandler {
  return (_req, res, next) => {
    const identity = identityOf(res);
    if (identity === undefined || limits.isOff) {
      // Only token endpoints have no identity here, and they count against nothing.
      if (identity !== undefined) limits.limiter.daily.take(clock());
      next();
      return;
    }
    const { refusedBy, headers } = limits.limiter.admit({
      lane: endpointOf(res)?.lane ?? 'general',
      appId: identity.appId,
      oauth: identity.kind === 'oauth',
      at: clock(),
    });
    res.set(headers);
    if (refusedBy === undefined) {
      next();
      return;
    }
    notePolicy(res, refusedBy);
    next(tooMany(refusedBy, headers));
  };
}
