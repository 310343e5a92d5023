import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { IdentityKey, RecordRef } from '../domain/population.ts';
import type { Standing } from '../domain/result.ts';
import type { LocalDay } from '../domain/time.ts';

/** Whose customers may be one person: a population as the store needs it. */
export type JoinScope = {
  readonly id: string;
  /** In the order of trust; one alone is never joined. */
  readonly connections: readonly ConnectionId[];
  /** Most trusted first; empty for one alone. */
  readonly by: readonly IdentityKey[];
};

/** What an account counts in. */
export type AccountTerms = { readonly currency: string; readonly timeZone: string };

/** Records that a key would join, and why it does not. */
export type IdentityFinding = {
  readonly by: IdentityKey;
  /**
   * Of a conflict: the more trusted key that tells them apart, or `connection` when two customers of
   * one connection would be made one. `null` of a duplicate: the key is shared within a connection.
   */
  readonly against: IdentityKey | 'connection' | null;
  /** The first ten in order of trust. */
  readonly members: readonly RecordRef[];
  readonly size: number;
};

/** An order that two connections know differently: the first one's counts. */
export type OrderConflict = {
  readonly reference: string;
  readonly deals: readonly (RecordRef & {
    readonly closedOn: LocalDay | null;
    readonly minor: number | null;
    readonly currency: string | null;
  })[];
};

export type IdentityCounts = {
  /** Customers known to more than one connection, by the least trusted key that joins them. */
  readonly joined: Readonly<Record<IdentityKey, number>>;
  readonly conflicts: number;
  readonly duplicates: number;
};

/** Findings of a population: how many there are, and the first of them. */
export type IdentityListing = IdentityCounts & {
  readonly conflictsShown: readonly IdentityFinding[];
  readonly duplicatesShown: readonly IdentityFinding[];
  readonly orders: number;
  readonly ordersShown: readonly OrderConflict[];
};

/** Who is one person across connections. Pages of other connections may be stored at any moment. */
export type IdentityStore = {
  /** Remembers what the account of a connection counts in. */
  readonly saveAccount: (connection: ConnectionId, terms: AccountTerms) => Promise<void>;
  /** Of those connections that were ever opened. */
  readonly accounts: (
    connections: readonly ConnectionId[],
  ) => Promise<ReadonlyMap<ConnectionId, AccountTerms>>;
  /**
   * Finds anew who is joined, if any customer changed since; takes over what partners' changes mean
   * for `own`, and marks as dirty whoever's partners are others now. The same whatever came first.
   * `null`: no connection is at work, so that all of it waits for their next scoring.
   * Returns the connections that take part: `own`, and those that were pulled to an end.
   */
  readonly resolve: (
    own: ConnectionId | null,
    scope: JoinScope,
  ) => Promise<readonly ConnectionId[]>;
  /** The other records of joined customers, by connection in order of trust; others are missing. */
  readonly partners: (
    own: ConnectionId,
    ids: readonly RecordId[],
    connections: readonly ConnectionId[],
  ) => Promise<ReadonlyMap<RecordId, readonly RecordRef[]>>;
  /** Each person's standing in its newest score, in whichever connection; as `scores.standings`. */
  readonly standings: (
    own: ConnectionId,
    ids: readonly RecordId[],
    connections: readonly ConnectionId[],
  ) => Promise<ReadonlyMap<RecordId, Standing>>;
  readonly counts: (scope: JoinScope) => Promise<IdentityCounts>;
  /** @param limit how many findings of each kind are shown */
  readonly list: (scope: JoinScope, limit: number) => Promise<IdentityListing>;
  /** As `records.referrals`, of persons: whoever any of their records names, the first in order. */
  readonly referrals: (connections: readonly ConnectionId[]) => Promise<JoinedReferrals>;
};

/** Referral counts of persons by each of their records. */
export type JoinedReferrals = ReadonlyMap<
  ConnectionId,
  ReadonlyMap<RecordId, { readonly referred: number; readonly bought: number }>
>;
