import type { QuotaUnit } from '../domain/quota.ts';

/** The CRM tenant as it presents itself. */
export type Account = {
  readonly id: string;
  /** ISO 4217 code that home amounts are in. */
  readonly currency: string;
  /** IANA name; local days are cut by it. */
  readonly timeZone: string;
  readonly plan: string | null;
  readonly quota: Quota;
};

/** The day's quota. `null`: the CRM does not tell. */
export type Quota = {
  readonly unit: QuotaUnit;
  readonly limit: number | null;
  readonly used: number | null;
  /** What our setting lets us use of it, and what we have used. */
  readonly ours: { readonly budget: number | null; readonly used: number };
};

/** Calls one opened connector has made. */
export type CallUsage = {
  readonly read: number;
  readonly write: number;
  readonly total: number;
  /** Of the quota, in its unit; the calls themselves where each counts as one. */
  readonly spent: number;
  /** 429s we were given. */
  readonly tooMany: number;
};

/** One line of `assay doctor`. */
export type Finding = {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'problem';
  /** What was found. */
  readonly message: string;
  /** What to do, unless ok. */
  readonly todo?: string;
};
