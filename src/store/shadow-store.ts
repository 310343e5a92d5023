import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { PolicyRelease } from '../domain/policy-release.ts';
import type { ShadowPair, ShadowScore, ShadowSnapshot } from '../domain/shadow.ts';
import type { PolicyText, ReleasedPolicy, Word } from './policy-store.ts';

/** A policy beside the one in force: scored once a connection, never written to a CRM. */
export type ShadowStore = {
  readonly challenger: () => Promise<ReleasedPolicy | null>;
  /**
   * Makes a draft the challenger, with a row of the log.
   * @throws AssayError `POLICY_CHALLENGED` when there is one, `POLICY_RETIRED`.
   */
  readonly begin: (draft: PolicyText & Word) => Promise<PolicyRelease>;
  /** Ends the shadow and forgets its scores. @throws AssayError `POLICY_UNCHALLENGED`. */
  readonly end: (word: Word) => Promise<PolicyRelease>;
  readonly snapshot: (connection: ConnectionId) => Promise<ShadowSnapshot | null>;
  /** Begins a snapshot anew: what was kept of the connection is gone. */
  readonly open: (
    connection: ConnectionId,
    snapshot: Omit<ShadowSnapshot, 'isComplete'>,
  ) => Promise<void>;
  /** Keeps what the challenger gives these customers beside the scores that they have. */
  readonly save: (
    connection: ConnectionId,
    rows: readonly (ShadowScore & { readonly customer: RecordId })[],
  ) => Promise<void>;
  readonly close: (connection: ConnectionId) => Promise<void>;
  /** Of these customers, those that either policy values. */
  readonly pairs: (
    connection: ConnectionId,
    ids: readonly RecordId[],
  ) => Promise<ReadonlyMap<RecordId, ShadowPair>>;
};
