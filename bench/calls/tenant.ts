import type { World } from '../../sandbox/data/world.ts';

/** The day before yesterday, when the data ends and some buy; and the day after. Neither in the future. */
export const days = { first: daysAgo(2), second: daysAgo(1) };

export type BaseSize = { readonly contacts: number; readonly deals: number; readonly seed: number };

/** What a part cost; `credits` only where the CRM counts them. */
export type Cost = { readonly calls: number; readonly credits?: number };

/** The share of what the limits permit that a phase used; `null`: too short to tell. */
export type Shares = { readonly read: number | null; readonly write: number | null };

/** One CRM with a generated world in it, an hour after it was loaded. It does the counting. */
export type Tenant = {
  readonly world: World;
  /** The connection's `settings` in `config/assay.yaml`, and the environment behind them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Since the last `reset`. */
  readonly cost: () => Cost;
  /** Calls refused as too many, since the last `reset`. */
  readonly tooMany: () => number;
  readonly shares: () => Shares;
  readonly reset: () => void;
  readonly advance: (ms: number) => void;
  /** Lets a share of the customers buy; how many deals that made. */
  readonly buy: (day: string, share: number) => number;
  readonly close: () => Promise<void>;
};

/** Fewest possible by the CRM's own figures, to set the cost beside. */
export type Floors = {
  /** Everything read once and so many changes written. */
  readonly full: (size: BaseSize, changes: number) => Cost;
  readonly delta: (deals: number, changes: number) => Cost;
};

/** How one CRM takes part in the benchmark. */
export type BenchCrm = {
  readonly name: string;
  readonly floors: Floors;
  /** `free`: limits so wide that nothing waits; `limited`: those of the professional plan, answers `latencyMs` away. */
  readonly open: (
    size: BaseSize,
    limits: { readonly kind: 'free' } | { readonly kind: 'limited'; readonly latencyMs: number },
  ) => Promise<Tenant>;
};

export function pages(records: number, perCall: number): number {
  return Math.ceil(records / perCall);
}

function daysAgo(count: number): string {
  return new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10);
}
