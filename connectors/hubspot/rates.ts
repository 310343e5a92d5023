import { RateBudget, type RateLimit } from '../../src/connector/http/rate-budget.ts';
import type { Plan } from './settings.ts';

/** Which of HubSpot's limits a call counts against (BEHAVIOR 6). */
export type Lane = 'general' | 'search' | 'associations';

type PlanLimits = {
  /** Per app in ten seconds. */
  readonly general: number;
  /** Of the association endpoints in ten seconds. */
  readonly associations: number;
  /** Per account and day; `null`: not stated. */
  readonly daily: number | null;
};

const limits: Readonly<Record<Exclude<Plan, 'auto'>, PlanLimits>> = {
  free: { general: 100, associations: 100, daily: 250_000 },
  starter: { general: 100, associations: 100, daily: 250_000 },
  professional: { general: 190, associations: 150, daily: 625_000 },
  enterprise: { general: 190, associations: 150, daily: 1_000_000 },
  'oauth-marketplace': { general: 110, associations: 100, daily: null },
};

const tenSeconds = 10_000;
const searchPerSecond = { calls: 5, intervalMs: 1_000 } as const;

const latest = new WeakMap<object, Rates>();

/** The rates of one opening, with what an earlier one of this process left running. */
export function openRates(plan: Plan, share: number, owner: object | undefined): Rates {
  const rates = new Rates(plan, share);
  if (owner === undefined) return rates;
  const before = latest.get(owner);
  if (before !== undefined) rates.goOn(before);
  latest.set(owner, rates);
  return rates;
}

/** The account's limits as last heard of, and our share of each. */
export class Rates {
  readonly general: RateBudget;
  readonly search: RateBudget;
  readonly associations: RateBudget;
  readonly #plan: Plan;
  #daily: number | null;
  #dailyRemaining: number | null = null;

  /** `auto` starts as the smallest plan; the first answer's headers correct it. */
  constructor(plan: Plan, share: number) {
    const start = limits[plan === 'auto' ? 'free' : plan];
    this.#plan = plan;
    this.#daily = plan === 'auto' ? null : start.daily;
    this.general = new RateBudget({ calls: start.general, intervalMs: tenSeconds }, share);
    this.search = new RateBudget(searchPerSecond, share, 'answer');
    this.associations = new RateBudget(
      { calls: start.associations, intervalMs: tenSeconds },
      share,
    );
  }

  /** Search has its own limit only; association calls are taken to count twice, which is safe. */
  budgets(lane: Lane): readonly RateBudget[] {
    if (lane === 'search') return [this.search];
    return lane === 'associations' ? [this.associations, this.general] : [this.general];
  }

  /** Believes the headers of an answer more than the plan; they speak of the call's own lane (BEHAVIOR 6). */
  note(headers: Headers, lane: Lane): void {
    const calls = whole(headers.get('x-hubspot-ratelimit-max'));
    const intervalMs = whole(headers.get('x-hubspot-ratelimit-interval-milliseconds'));
    if (calls !== null && calls > 0)
      this.#noteLimit({ calls, intervalMs: windowOf(intervalMs) }, lane);
    this.#daily = whole(headers.get('x-hubspot-ratelimit-daily')) ?? this.#daily;
    this.#dailyRemaining =
      whole(headers.get('x-hubspot-ratelimit-daily-remaining')) ?? this.#dailyRemaining;
  }

  #noteLimit(limit: RateLimit, lane: Lane): void {
    if (lane === 'associations') this.associations.setLimit(limit);
    if (lane !== 'general' || limit.calls === this.general.limit.calls) return;
    this.general.setLimit(limit);
    if (this.#plan === 'auto')
      this.associations.setLimit({ calls: associationLimit(limit.calls), intervalMs: tenSeconds });
  }

  /** Calls of the day for all apps; `null` where HubSpot does not tell. */
  get daily(): { readonly limit: number | null; readonly used: number | null } {
    const [limit, remaining] = [this.#daily, this.#dailyRemaining];
    return { limit, used: limit === null || remaining === null ? null : limit - remaining };
  }

  /** The plan as set, or as the limits look like; `null` before the first answer. */
  planName(): string | null {
    if (this.#plan !== 'auto') return this.#plan;
    if (this.general.limit.calls === limits['oauth-marketplace'].general)
      return 'oauth-marketplace';
    if (this.#daily === null) return null;
    if (this.#daily >= 1_000_000) return 'enterprise';
    return this.#daily >= 625_000 ? 'professional' : 'free or starter';
  }

  /** Goes on where an earlier opening of the same connection was closed. */
  goOn(before: Rates): void {
    this.general.goOn(before.general);
    this.search.goOn(before.search);
    this.associations.goOn(before.associations);
  }

  close(): void {
    for (const budget of [this.general, this.search, this.associations]) budget.close();
  }
}

function associationLimit(general: number): number {
  if (general >= 250) return 200;
  return general >= limits.professional.general ? 150 : 100;
}

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}

/** HubSpot's windows are of a second or of ten: what is far from that was not said by it. */
function windowOf(intervalMs: number | null): number {
  const isLikely = intervalMs !== null && intervalMs >= 100 && intervalMs <= 60_000;
  return isLikely ? intervalMs : tenSeconds;
}
