/** What can stop a plan before it writes, `config/assay.yaml` sets the figures. */
export const guardNames = [
  'tier-customers',
  'tier-revenue',
  'tier-emptied',
  'tier-doubled',
  'customers-fell',
  'revenue-fell',
  'source-empty',
  'source-cut-short',
  'currency-mix',
  'data-quality',
  'canary',
] as const;
export type GuardName = (typeof guardNames)[number];

/**
 * Why a plan waits: a guard of the brake, or the connection's mode (`approve` waits for anybody's
 * word, `preview` is never written).
 */
export type Hold = {
  readonly by: GuardName | 'approve' | 'preview';
  /** What was seen and what the limit is, a sentence with figures. */
  readonly because: string;
};

/** Lets guards pass, for one pass or one plan. */
export type Allowance = {
  readonly guards: readonly GuardName[];
  readonly why: string;
};
