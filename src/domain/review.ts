import { dayNumber, dayText, monthsBefore } from './day.ts';
import type { Instant, LocalDay } from './time.ts';

/** How often the standard is looked at again. */
export const reviewIntervals = ['quarterly', 'half-yearly'] as const;
export type ReviewInterval = (typeof reviewIntervals)[number];

/** `review:` of the config. */
export type ReviewSettings = {
  readonly every: ReviewInterval;
  /** Due dates are counted from this day; `null`: from when the policy in force was published. */
  readonly from: LocalDay | null;
};

/** What is binned for drift, beside the tiers. */
export const reviewMeasures = ['value', 'recency', 'frequency', 'monetary'] as const;
export type ReviewMeasure = (typeof reviewMeasures)[number];

/** Customers by where a figure of theirs lies. */
export type Bins = {
  /** Ascending; each is the least value of the bin it begins. */
  readonly edges: readonly number[];
  /** Customers below the first edge, from each edge on, and last those without the figure. */
  readonly counts: readonly number[];
};

export type ClassSize = {
  readonly customers: number;
  /** Net amount inside the policy's window, home minor units. */
  readonly netMinor: number;
};

/** By family (`value_tier` for the tiers), then by class; `none` where a customer has no tier. */
export type ClassSizes = Readonly<Record<string, Readonly<Record<string, ClassSize>>>>;

/** The base as a review found it: sums and bins, nothing of any one customer. */
export type ReviewSnapshot = {
  readonly asOf: LocalDay;
  /** `null`: no cut points were found yet. */
  readonly currency: string | null;
  readonly policyVersion: string;
  /** Scored ones: who opted out or is out of scope is not counted. */
  readonly customers: number;
  readonly classes: ClassSizes;
  readonly bins: Readonly<Record<ReviewMeasure, Bins>>;
};

/** A review that was done. */
export type KeptReview = {
  readonly at: Instant;
  readonly by: string;
  /** Local day on which it was done: due dates are counted on from it. */
  readonly on: LocalDay;
  readonly snapshot: ReviewSnapshot;
};

/** A review so many days before its due date is the one that was due. */
const earlyDays = 14;

/**
 * The day on which the next review is due: every three or six months after `anchor`, first the one
 * that follows the last review. Rules approved on 1 January are due on 1 April, or 1 July
 * [requirements 002:18]; where a month is too short, on its last day.
 */
export function nextReviewOn(
  every: ReviewInterval,
  anchor: LocalDay,
  last: LocalDay | null,
): LocalDay {
  const months = every === 'quarterly' ? 3 : 6;
  const done = last === null ? null : dayText((dayNumber(last) ?? 0) + earlyDays);
  for (let times = 1; ; times += 1) {
    const due = monthsBefore(anchor, -months * times);
    if (done === null || due > done) return due;
  }
}
