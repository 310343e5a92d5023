import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { TierMove } from '../domain/plan.ts';
import type { PolicyRelease } from '../domain/policy-release.ts';
import type { ClassSize, ReviewSnapshot } from '../domain/review.ts';
import type { Instant, LocalDay } from '../domain/time.ts';
import type { Drift } from '../score/review/drift.ts';
import type { ListedOverride } from './list-overrides.ts';
import type { ReviewDue } from './review-due.ts';

/** How the standard does: what changed since it was looked at last. Nothing of it acts by itself. */
export type ReviewReport = {
  readonly connection: ConnectionId;
  /** Day of the newest score. */
  readonly asOf: LocalDay;
  readonly currency: string | null;
  readonly policy: { readonly version: string; readonly release: number | null };
  readonly due: ReviewDue;
  /** The last review; `null`: this is the first, and nothing is compared. */
  readonly last: {
    readonly at: Instant;
    readonly by: string;
    readonly asOf: LocalDay;
    readonly customers: number;
    readonly policyVersion: string;
    readonly currency: string | null;
  } | null;
  readonly customers: number;
  readonly classes: readonly ReviewedClass[];
  readonly moves: ReviewMoves | null;
  readonly drift: readonly Drift[] | null;
  readonly gaps: DataGaps;
  readonly overrides: ReviewedOverrides;
  readonly since: SinceReview;
  /** What a person may want to do, in words. */
  readonly proposals: readonly string[];
};

export type ReviewedClass = ClassSize & {
  /** `value_tier` or a class family. */
  readonly family: string;
  readonly key: string;
  /** At the last review; `null`: there was none. */
  readonly before: ClassSize | null;
};

/** Who is in another tier than at the last review. */
export type ReviewMoves = {
  readonly rising: readonly MovedTier[];
  readonly falling: readonly MovedTier[];
  /** Scored since the last review for the first time. */
  readonly newcomers: number;
  readonly matrix: readonly TierMove[];
};

/** `null`: no tier. */
export type MovedTier = {
  readonly customer: RecordId;
  readonly from: string | null;
  readonly to: string | null;
};

export type DataGaps = {
  /** Mean of the records, 0–1; `null` for an empty base. */
  readonly completeness: number | null;
  /** What the policy asks for before anything is written. */
  readonly gate: number;
  /** Won deals that cannot be counted in full, by cause. */
  readonly dealProblems: Readonly<Record<string, number>>;
  /** Of won revenue, what reaches no customer, 0–1; `null` without any. */
  readonly unattributedShare: number | null;
  /** Kinds of facts that nobody has: not mapped, or never filled in. */
  readonly unknownFacts: readonly string[];
};

export type ReviewedOverrides = {
  readonly inForce: number;
  /** Until when they are looked at: the review after this one. */
  readonly until: LocalDay;
  readonly lapsing: readonly ListedOverride[];
  readonly outweighed: readonly ListedOverride[];
};

/** Since the last review, or ever. */
export type SinceReview = {
  readonly plansHeld: number;
  readonly plansRejected: number;
  readonly plansStale: number;
  readonly rollbacks: number;
  readonly releases: readonly Pick<PolicyRelease, 'number' | 'version' | 'at' | 'by' | 'why'>[];
};

/** A report with what would be kept of it. */
export type Reviewed = { readonly report: ReviewReport; readonly snapshot: ReviewSnapshot };
