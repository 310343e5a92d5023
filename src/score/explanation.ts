import type { RecordId } from '../domain/ids.ts';
import type { Rfm } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import type { ExplainedFact } from './explain-facts.ts';
import type { ExplainedScore } from './explain-scores.ts';

/** A tier and the value score at which it begins. */
export type ExplainedCut = { readonly key: string; readonly label: string; readonly from: number };

/** Why a customer has its score: as data, and as lines to print. */
export type Explanation = {
  readonly customerId: RecordId;
  readonly asOf: LocalDay;
  readonly policyVersion: string;
  readonly tier: { readonly key: string; readonly label: string } | null;
  /** Where the tiers begin, highest first; empty without cut points. */
  readonly cuts: readonly ExplainedCut[];
  readonly rfm: Rfm | null;
  /** Value, loyalty and credit, each with its parts and what is unknown. */
  readonly scores: readonly ExplainedScore[];
  readonly facts: readonly ExplainedFact[];
  readonly lines: readonly string[];
};
