import type { RequestHandler, Response } from 'express';
import { onceOver } from '../kit/count-calls.ts';
import { type Allowance, allowanceOf } from './allowance.ts';
import { identityOf } from './auth.ts';
import { Concurrency } from './concurrency.ts';
import { Credits } from './credits.ts';
import type { Edition } from './org-options.ts';
import { noteCost, notePolicy, priceOf } from './price-call.ts';
import type { Price } from './prices.ts';
import { type CallLimit, tooMany } from './too-many.ts';

/** Which limits are in force. */
export interface LimitSettings {
  /** `off` counts and refuses nothing. */
  readonly mode: 'on' | 'off';
  /** Default: the org's. */
  readonly edition?: Edition | undefined;
  /** User licences. Default: the org's. */
  readonly licences?: number | undefined;
  /** Other figures than the edition's, for tests that want to reach a limit soon. */
  readonly override?: Partial<Allowance> | undefined;
  /** Credits that other apps have used just now. Default 0. */
  readonly usedBefore?: number | undefined;
  /** Whether calls refused for concurrency cost their credits all the same (facts §2.3). Default true. */
  readonly chargeRefused?: boolean | undefined;
}

/** The edition and licences that the settings do not name. */
type Plan = Readonly<{ edition: Edition; licences: number }>;

/** Whether a call may begin, and what it was charged. */
interface Admission {
  readonly refusedBy?: CallLimit;
  readonly charged: number;
  /** To be called when the call is over. */
  readonly end: () => void;
}

/** The limits of an org; they can be changed while it runs. */
export class CallLimits {
  readonly #plan: Plan;
  readonly #clock: () => number;
  #settings: LimitSettings = { mode: 'off' };
  #allowance: Allowance;
  #credits: Credits;
  #concurrency: Concurrency;

  constructor(settings: LimitSettings, plan: Plan, clock: () => number) {
    this.#plan = plan;
    this.#clock = clock;
    this.#allowance = this.#allowanceOf(settings);
    this.#credits = new Credits(this.#allowance.credits);
    this.#concurrency = this.#newConcurrency();
    this.change(settings);
  }

  get settings(): LimitSettings {
    return this.#settings;
  }

  get allowance(): Allowance {
    return this.#allowance;
  }

  /** Begins anew: nothing used but `usedBefore`, no call at work. */
  change(settings: LimitSettings): void {
    this.#settings = settings;
    this.#allowance = this.#allowanceOf(settings);
    this.#credits = new Credits(this.#allowance.credits);
    this.#credits.take(settings.usedBefore ?? 0, this.#clock());
    this.#concurrency = this.#newConcurrency();
  }

  /** What `GET /_sandbox/limits` shows. */
  report() {
    const now = this.#clock();
    const { used, remaining } = {
      used: this.#credits.used(now),
      remaining: this.#credits.remaining(now),
    };
    return {
      settings: this.#settings,
      allowance: this.#allowance,
      credits: { used, remaining },
      concurrency: this.#concurrency.use(),
    };
  }

  /** Counts the call and lets it begin, or says which limit refuses it. */
  admit(price: Price): Admission {
    const now = this.#clock();
    const refusedBy = this.#settings.mode === 'off' ? undefined : this.#refusal(price, now);
    const charged = refusedBy === undefined || this.#isCharged(refusedBy) ? price.credits : 0;
    this.#credits.take(charged, now);
    if (refusedBy !== undefined) return { refusedBy, charged, end: () => undefined };
    return { charged, end: this.#concurrency.begin(price.isComplex) };
  }

  /** `X-API-CREDITS-REMAINING`, once half of the day's are used (facts §8). */
  headers(): Readonly<Record<string, string>> {
    const now = this.#clock();
    if (!this.#credits.isHalfUsed(now)) return {};
    return { 'X-API-CREDITS-REMAINING': String(this.#credits.remaining(now)) };
  }

  #refusal(price: Price, now: number): CallLimit | undefined {
    if (!this.#credits.hasRoomFor(price.credits, now)) return 'credits';
    return this.#concurrency.refusal(price.isComplex);
  }

  // Charging what was refused for want of credits would keep an org from ever recovering.
  #isCharged(refusedBy: CallLimit): boolean {
    return refusedBy !== 'credits' && (this.#settings.chargeRefused ?? true);
  }

  #allowanceOf({ edition, licences, override }: LimitSettings): Allowance {
    const base = allowanceOf(edition ?? this.#plan.edition, licences ?? this.#plan.licences);
    return { ...base, ...override };
  }

  #newConcurrency(): Concurrency {
    return new Concurrency(this.#allowance.concurrency, this.#allowance.complexConcurrency);
  }
}

/** Refuses a call beyond its limit with Zoho's 429; a call is at work until its answer is out. */
export function limitCalls(limits: CallLimits): RequestHandler {
  return (_req, res, next) => {
    if (identityOf(res) === undefined) {
      // Only the token endpoints have no identity here, and they count against nothing.
      next();
      return;
    }
    next(admitted(limits, res));
  };
}

function admitted(limits: CallLimits, res: Response) {
  const price = priceOf(res);
  const { refusedBy, charged, end } = limits.admit(price);
  res.set(limits.headers());
  noteCost(res, charged);
  onceOver(res, end);
  if (refusedBy === undefined) return undefined;
  notePolicy(res, refusedBy);
  return tooMany(refusedBy, limits.headers());
}
