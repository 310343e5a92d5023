import type { ConnectionId } from '../domain/ids.ts';
import type { PolicyRelease } from '../domain/policy-release.ts';
import type { Instant } from '../domain/time.ts';

/** What is written of a policy: its checked content as plain data, and the YAML it was read from. */
export type PolicyText = {
  readonly version: string;
  readonly digest: string;
  readonly content: object;
  readonly source: string;
};

/** A release with what was published. */
export type ReleasedPolicy = PolicyRelease & Pick<PolicyText, 'content' | 'source'>;

/** A release in a list. */
export type ListedRelease = PolicyRelease & {
  /** Scores of all connections that were made by its version. */
  readonly scores: number;
};

/** Who says so, when and why. */
export type Word = { readonly by: string; readonly at: Instant; readonly why: string };

export type Publication = PolicyText &
  Word & {
    /** The release that is to be replaced; `null`: none was published. */
    readonly replaces: number | null;
    /** Digest of the change that was looked at. */
    readonly approved: string;
    /**
     * What scored until now, where nothing was published yet: kept as a release of its own, so that
     * there is a way back. Default: nothing.
     */
    readonly before?: (PolicyText & Word) | null;
  };

/** Which policy is in force, and which were. */
export type PolicyStore = {
  /** The one in force, without its content; `null`: the file is. One row by an index. */
  readonly inForce: () => Promise<Pick<PolicyRelease, 'number' | 'digest'> | null>;
  readonly release: (number: number) => Promise<ReleasedPolicy | null>;
  /** The newest first. */
  readonly list: () => Promise<readonly ListedRelease[]>;
  /**
   * Puts a policy in force, with a row of the log.
   * @throws AssayError `POLICY_MOVED_ON` when another is in force than `replaces`, `POLICY_RETIRED`.
   */
  readonly publish: (publication: Publication) => Promise<PolicyRelease>;
  /**
   * Ends every release of this version for good; how many.
   * @throws AssayError `POLICY_IN_FORCE`, `POLICY_RETIRED` when it was before.
   */
  readonly retire: (version: string, word: Word) => Promise<number>;
  /** Whether no customer's score is by another version. */
  readonly hasScoredAll: (connection: ConnectionId, version: string) => Promise<boolean>;
  /** The version that made most scores of now; `null` without scores. */
  readonly versionOfScores: () => Promise<string | null>;
};
