import type { Coverage } from '../domain/coverage.ts';
import type { ModelName } from '../domain/models.ts';
import type { LocalDay } from '../domain/time.ts';

/** What thresholds are found for. */
export const cutColumns = ['recency', 'frequency', 'monetary', 'spend', 'tiers'] as const;
export type CutColumn = (typeof cutColumns)[number];

/**
 * The thresholds a full run found, frozen with it: one customer can be scored alone and explained
 * later exactly as in the base. All ascending; amounts in home minor units.
 */
export type CutPoints = {
  readonly policyVersion: string;
  /** Of the rules that these rest on: see `cutsVersion`. */
  readonly cutsVersion: string;
  readonly foundOn: LocalDay;
  readonly currency: string;
  /** The connections whose customers are the base; absent for one in no identity group. */
  readonly over?: readonly string[];
  /** What was known of the base; when that changes, everybody is scored anew. */
  readonly coverage: Coverage;
  /** Customers with a purchase in the window: those that the thresholds were found on. */
  readonly base: number;
  /** Columns of the base that told too little, so that the policy's fixed thresholds stand here. */
  readonly fixed: readonly CutColumn[];
  /** Four thresholds: up to the first many days 5, then 4, 3, 2, beyond the last 1. */
  readonly recencyDays: readonly number[];
  /** Four thresholds each: a value at or above the k-th (from 0) scores k + 2. */
  readonly frequency: readonly number[];
  readonly monetary: readonly number[];
  /** Net amounts at which the next step of spend points begins: n thresholds, n + 1 steps. */
  readonly spend: readonly number[];
  /** Value scores at which each tier begins, highest tier first, by tier key. */
  readonly tiers: readonly { readonly key: string; readonly from: number }[];
  /** The smallest set of customers who hold the policy's share of net amounts, and what they really hold. */
  readonly keyAccounts: KeyAccountCut | null;
  /** From which a customer is high on each axis; value is taken without loyalty. */
  readonly quadrant: { readonly value: number; readonly loyalty: number };
  /** The model of orders, leaving and spend fitted to the base; `null` for an empty one. */
  readonly forecast: Forecast | null;
  /** What tells the top tier from the rest, by attribute; `null` when the base is too small. */
  readonly prospects: ProspectProfile | null;
};

export type KeyAccountCut = {
  /** Net amount in the window from which one is among them. */
  readonly fromMinor: number;
  readonly customers: number;
  /** Their share of the base's customers and of its net amounts, 0–1. */
  readonly shareOfCustomers: number;
  readonly shareOfNet: number;
};

/** A fitted model with all that one customer's forecast needs. Days are its unit of time. */
export type Forecast = {
  readonly model: ModelName;
  readonly basis: 'likelihood' | 'fallback';
  readonly params: {
    readonly r: number;
    readonly alpha: number;
    readonly a: number;
    readonly b: number;
  };
  readonly gammaGamma: { readonly p: number; readonly q: number; readonly gamma: number } | null;
  /** Mean order of the base, home minor units: stands in where there is no Gamma-Gamma. */
  readonly meanOrderMinor: number | null;
  /** Silence after which nobody is taken for a customer, where `basis` is `fallback`. */
  readonly hiatusDays: number;
  readonly customers: number;
  readonly repeatBuyers: number;
  readonly frequencySpendCorrelation: number | null;
  readonly warnings: readonly { readonly code: string; readonly text: string }[];
};

/** By attribute, then value: how much likelier a customer with it is of the top tier, shrunk. */
export type ProspectProfile = {
  readonly customers: number;
  readonly top: number;
  readonly lifts: Readonly<Record<string, Readonly<Record<string, number>>>>;
};
