import type { Instant } from './time.ts';

/**
 * `published` is in force; `replaced` was, until a later one; `retired` never will be again. At most
 * one is published. `challenger` is in shadow: scored and never written, at most one; `ended`: it was.
 */
export const releaseStatuses = ['published', 'replaced', 'retired', 'challenger', 'ended'] as const;
export type ReleaseStatus = (typeof releaseStatuses)[number];

/** One publication of a scoring policy. The same rules published again are a release of their own. */
export type PolicyRelease = {
  /** Counts them from 1, in the order of publication. */
  readonly number: number;
  /** Of its rules: see `policyVersion`. Releases that differ in looks alone share it. */
  readonly version: string;
  /** Of its rules and looks: see `policyDigest`. */
  readonly digest: string;
  readonly status: ReleaseStatus;
  readonly at: Instant;
  readonly by: string;
  readonly why: string;
  /** Number of the release that was in force before; `null`: the file was. */
  readonly replaces: number | null;
  /** Digest of the change that was looked at; `null` for what was in force before the first one. */
  readonly approved: string | null;
  /** Who ended it for good; `null` unless it is retired. */
  readonly retired: { readonly at: Instant; readonly by: string; readonly why: string } | null;
};
