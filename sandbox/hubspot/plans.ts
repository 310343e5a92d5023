/** What the account pays for, or how the app is distributed, as far as it decides how often an app may call. */
export const plans = [
  'free',
  'starter',
  'professional',
  'enterprise',
  'oauth-marketplace',
] as const;
export type Plan = (typeof plans)[number];

/** How many calls a plan allows. */
export interface Allowance {
  /** Per app, in any ten seconds. */
  readonly tenSecondly: number;
  /** Per account, all apps together, until midnight. Not stated for marketplace apps: none here. */
  readonly daily?: number;
  /** Per account, in any second. */
  readonly search: number;
  /** Association endpoints, in any ten seconds, per app (README C17). */
  readonly associations: number;
  readonly associationsDaily?: number;
}

const searchPerSecond = 5;
const paid = { search: searchPerSecond, associations: 150, associationsDaily: 500_000 };
const entry = { tenSecondly: 100, daily: 250_000, search: searchPerSecond, associations: 100 };

// README, Limits. A marketplace app's association limit is that of the account: the lowest is taken.
const allowances: Readonly<Record<Plan, Allowance>> = {
  free: entry,
  starter: entry,
  professional: { tenSecondly: 190, daily: 625_000, ...paid },
  enterprise: { tenSecondly: 190, daily: 1_000_000, ...paid },
  'oauth-marketplace': { tenSecondly: 110, search: searchPerSecond, associations: 100 },
};

/**
 * The allowance of a plan with so many API limit increases: the ten-second limit grows once, the
 * daily one each time, at most twice; marketplace apps gain nothing (README 26).
 */
export function allowanceOf(plan: Plan, addOns = 0): Allowance {
  const base = allowances[plan];
  if (addOns === 0 || plan === 'oauth-marketplace') return base;
  return {
    ...base,
    tenSecondly: 250,
    daily: (base.daily ?? 0) + Math.min(addOns, 2) * 1_000_000,
    associations: 200,
    associationsDaily: 1_000_000,
  };
}
