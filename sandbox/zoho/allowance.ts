import type { Edition } from './org-options.ts';

/** How much an org may call. */
export interface Allowance {
  /** In any 24 hours. */
  readonly credits: number;
  /** Calls at work at the same time. */
  readonly concurrency: number;
  /** Complex ones among them. */
  readonly complexConcurrency: number;
}

interface Terms {
  readonly base: number;
  readonly perUser: number;
  readonly most: number;
  readonly concurrency: number;
}

// Facts §1, daily credits and concurrency.
const terms: Readonly<Record<Edition, Terms>> = {
  free: { base: 5_000, perUser: 0, most: 5_000, concurrency: 5 },
  standard: { base: 50_000, perUser: 250, most: 100_000, concurrency: 10 },
  professional: { base: 50_000, perUser: 500, most: 3_000_000, concurrency: 15 },
  enterprise: { base: 50_000, perUser: 1_000, most: 5_000_000, concurrency: 20 },
  ultimate: {
    base: 50_000,
    perUser: 2_000,
    most: Number.POSITIVE_INFINITY,
    concurrency: 25,
  },
};

/** The allowance of an edition with so many user licences. */
export function allowanceOf(edition: Edition, licences: number): Allowance {
  const { base, perUser, most, concurrency } = terms[edition];
  return {
    credits: Math.min(most, base + perUser * licences),
    concurrency,
    complexConcurrency: 10,
  };
}
