/**
 * How a connection's plans come to be written. `auto`: at once, unless a guard holds one; `approve`:
 * each waits for a person; `preview`: none is written.
 */
export const writeModes = ['auto', 'approve', 'preview'] as const;
export type WriteMode = (typeof writeModes)[number];

/** `writes:` of a connection. Shares are 0–1; `null` turns a guard off. */
export type WriteSettings = {
  readonly mode: WriteMode;
  readonly brake: BrakeSettings;
  /** Changes written and read back before the rest; 0 for none. */
  readonly canary: number;
};

export type BrakeSettings = {
  /**
   * Of customers with a tier before or after, those whose tier changes; who had none counts once a run
   * has written.
   */
  readonly tierCustomers: number | null;
  /** Of their net amount, the part that changes tier. */
  readonly tierRevenue: number | null;
  /** A tier of at least `leastCustomers` that would have nobody, or twice as many. */
  readonly tierSizes: boolean;
  /** Against the last run that wrote. */
  readonly customersFell: number | null;
  readonly revenueFell: number | null;
  /** Of won revenue, the part that moved between currencies. */
  readonly currencyMix: number | null;
  /** Mean completeness of records below which nothing is written. */
  readonly dataQuality: number | null;
  /** Below so many customers concerned no share is looked at: of ten customers three are no sign. */
  readonly leastCustomers: number;
};

/** What an operator who writes nothing gets; a first run passes all of it. */
export const defaultWrites: WriteSettings = {
  mode: 'auto',
  brake: {
    tierCustomers: 0.25,
    tierRevenue: 0.35,
    tierSizes: true,
    customersFell: 0.1,
    revenueFell: 0.1,
    currencyMix: 0.2,
    dataQuality: 0.2,
    leastCustomers: 20,
  },
  canary: 100,
};
