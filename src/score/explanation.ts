import type { RecordId } from '../domain/ids.ts';
import type { Fall, Held, OutOfScope, WayUp } from '../domain/result.ts';
import type { Rfm } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import type { ExplainedClass } from './explain-classes.ts';
import type { ExplainedFact } from './explain-facts.ts';
import type { ExplainedFigure } from './explain-figures.ts';
import type { ExplainedScore } from './explain-scores.ts';

/** A tier and the value score at which it begins. */
export type ExplainedCut = { readonly key: string; readonly label: string; readonly from: number };

/** The tier that is given. */
type ExplainedTier = {
  readonly key: string;
  readonly label: string;
  readonly grade: string | null;
  /** The first day of it. */
  readonly since: LocalDay | null;
};

/** Why a customer has its score: as data, and as lines to print. */
export type Explanation = {
  readonly customerId: RecordId;
  readonly asOf: LocalDay;
  readonly policyVersion: string;
  /** The customer asked to be left out: nothing else is said. */
  readonly optedOut: boolean;
  /** The policy leaves the customer out. */
  readonly outOfScope: OutOfScope | null;
  /** Either of them in words; then nothing else is said. */
  readonly leftOut: string | null;
  readonly tier: ExplainedTier | null;
  /** Why the tier is not what the score alone gives. */
  readonly held: Held | null;
  readonly wayUp: WayUp | null;
  readonly fall: Fall | null;
  /** Where the tiers begin, highest first; empty without cut points. */
  readonly cuts: readonly ExplainedCut[];
  readonly rfm: Rfm | null;
  /** Value, loyalty and credit, each with its parts and what is unknown. */
  readonly scores: readonly ExplainedScore[];
  readonly classes: readonly ExplainedClass[];
  /** What holds and moves the tier, points, outlook and the rest, in words. */
  readonly figures: readonly ExplainedFigure[];
  readonly facts: readonly ExplainedFact[];
  readonly lines: readonly string[];
};
