import type { LocalDay } from './time.ts';

/** Facts behind a class or figure: dates, amounts and counts that its text is made of. */
export type ResultFacts = Readonly<Record<string, string | number>>;

/** Which class of a family the customer is in. */
export type ClassResult = {
  readonly key: string;
  /** The first day of it, where the customer's own history tells. */
  readonly since: LocalDay | null;
  /** The first day without it if nothing happens; absent where no day is known. */
  readonly until?: LocalDay;
  /** Stable code of the rule that gave it, for example `lifecycle.silent`. */
  readonly code: string;
  readonly facts: ResultFacts;
};

/** Why a customer is not valued at all, though it did not opt out. */
export type OutOfScope =
  | { readonly code: 'excluded'; readonly attribute: string; readonly value: string }
  /** `since`: the first day on which it was silent for so long. */
  | { readonly code: 'silent'; readonly since: LocalDay; readonly months: number };

/** How even the spend is from period to period. */
export type Stability = {
  /** Whole periods looked at. */
  readonly periods: number;
  /** Mean net spend of a period, home minor units. */
  readonly meanMinor: number;
  /** Standard deviation over mean, in hundredths: 0 is even. */
  readonly variation: number;
  readonly steady: boolean;
};

/** The five standards of a good customer; `null` is unknown. */
export type Standards = {
  readonly steadySpend: boolean | null;
  readonly credit: boolean | null;
  readonly loyalty: boolean | null;
  readonly feedback: boolean | null;
  readonly referral: boolean | null;
  /** Those that are met, 0–5. */
  readonly met: number;
};

/** The derived points account on one day. */
export type Points = {
  readonly balance: number;
  /** Home minor units. */
  readonly valueMinor: number;
  /** Points that lapse within the policy's days, and the first day on which some do. */
  readonly expiring: number;
  readonly expireOn: LocalDay | null;
};

/** What a shop's own programmes ask: the list every other week and the coupon. */
export type Eligibility = {
  readonly weeklyMinor: number;
  readonly biweekly: boolean;
  /** Whole units of the home currency, or `null`. */
  readonly coupon: number | null;
};

/** What the customer will do, from the model fitted to the base. */
export type Prediction = {
  readonly model: string;
  /** `fallback`: too little data; the population's rate and the hiatus rule. */
  readonly basis: 'likelihood' | 'fallback';
  /** Days looked ahead. */
  readonly horizonDays: number;
  /** Of at least one order within the horizon, 0–1, in hundredths. */
  readonly probabilityBuys: number;
  /** Orders expected within the horizon, in hundredths. */
  readonly expectedOrders: number;
  /** Expected amount of an order, home minor units; `null` where no amounts allow one. */
  readonly spendMinor: number | null;
  /** Margin of the years to come, discounted, home minor units. */
  readonly lifetimeMinor: number | null;
  /** Years of 365.25 days that it looks ahead. */
  readonly years: number;
};

/** Who without a won deal looks like the top tier. */
export type Prospect = {
  /** 0–100. */
  readonly score: number;
  /** The attributes that say so, weightiest first. */
  readonly because: readonly {
    readonly attribute: string;
    readonly value: string;
    readonly lift: number;
  }[];
};

/** What holds a tier still: carried from one scoring to the next. */
export type Standing = {
  readonly tier: string;
  /** The first day of it. */
  readonly since: LocalDay;
  /** The tier before, if there was one. */
  readonly before: string | null;
  /** The first day on which the value was below the tier's cut less hysteresis; `null` while it is not. */
  readonly belowSince: LocalDay | null;
};

/** Why a tier is not what the value score alone would give. */
export type Held = {
  readonly code: 'hysteresis' | 'grace' | 'review' | 'step' | 'floor' | 'override';
  /** What the value score alone gives; of an override what the rules give, `null` for no tier. */
  readonly without: string | null;
  /** The day on which it ends if nothing happens; `null` where no day is known. */
  readonly until: LocalDay | null;
  /** Of a floor or an override: why, and who set it. */
  readonly named?: { readonly why: string; readonly by: string };
};

/** The least single order that lifts the customer a tier: it does on any day up to `by`. */
export type WayUp = {
  readonly tier: string;
  /** Home minor units, rounded up to whole units of the currency. */
  readonly minor: number;
  readonly by: LocalDay;
};

/** The tier's next fall if nothing happens and the cut points stay. */
export type Fall = { readonly on: LocalDay; readonly to: string };
