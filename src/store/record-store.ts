import type { Coverage } from '../domain/coverage.ts';
import type { Customer } from '../domain/customer.ts';
import type { Deal } from '../domain/deal.ts';
import type { DuplicateGroup } from '../domain/duplicate.ts';
import type { FieldValues } from '../domain/field.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';

/** A customer with everything that scoring needs. Removed customers never appear. */
export type CustomerWithDeals = {
  readonly customer: Customer;
  /** All its deals, by closedAt then id, each with all of the deal's live customers. */
  readonly deals: readonly Deal[];
};

/**
 * Whom a page is of: everybody, those marked as dirty, or those and whoever's score may have changed
 * by time alone up to a day (`nextChangeOn`).
 */
export type Whom = 'all' | 'dirty' | { readonly dueOn: LocalDay };

export type RecordCounts = {
  readonly customers: number;
  readonly deals: number;
  readonly wonDeals: number;
  readonly dirty: number;
  /** Won deals by problem, `customer-missing` included. */
  readonly problems: Readonly<Record<string, number>>;
  /** Won deals' home minor units in all, and of those that reach no customer. */
  readonly wonMinor: number;
  readonly unattributedMinor: number;
};

/**
 * Why a won deal reaches nobody: it names no customer; those it names have left the CRM; or they
 * were never pulled.
 */
export type UnattributedCause = 'no-customer' | 'customer-gone' | 'customer-unknown';

export type RecordStore = {
  readonly counts: (connection: ConnectionId) => Promise<RecordCounts>;
  /** Won deals that reach no customer, by cause: how many, and their home minor units together. */
  readonly unattributed: (
    connection: ConnectionId,
  ) => Promise<
    Readonly<Record<UnattributedCause, { readonly deals: number; readonly minor: number }>>
  >;
  /** By id ascending, at most `limit` after `after`. */
  readonly page: (
    connection: ConnectionId,
    select: { readonly after: RecordId | null; readonly limit: number; readonly whom: Whom },
  ) => Promise<readonly CustomerWithDeals[]>;
  readonly byIds: (
    connection: ConnectionId,
    ids: readonly RecordId[],
  ) => Promise<readonly CustomerWithDeals[]>;
  /** The seller's own numbers of these customers; whoever has none is missing. */
  readonly externalIds: (
    connection: ConnectionId,
    ids: readonly RecordId[],
  ) => Promise<ReadonlyMap<RecordId, string>>;
  /** Those of them that are marked as dirty. */
  readonly dirty: (
    connection: ConnectionId,
    ids: readonly RecordId[],
  ) => Promise<readonly RecordId[]>;
  /** By record id, external id or e-mail, exact; an e-mail is also looked for in lower case. */
  readonly find: (connection: ConnectionId, text: string) => Promise<readonly CustomerWithDeals[]>;
  /** What the CRM holds in our fields, corrected by what we wrote or read back. */
  readonly saveHeld: (
    connection: ConnectionId,
    held: ReadonlyMap<RecordId, FieldValues>,
  ) => Promise<void>;
  /**
   * Marks as dirty whom another's change concerns: whoever's `referrals` are not those of the last
   * score, and whoever became a duplicate candidate, or is none any more, since the last call.
   * `together`: the connections whose customers are joined, where referrals are those of persons.
   */
  readonly spreadDirty: (
    connection: ConnectionId,
    together?: readonly ConnectionId[],
  ) => Promise<void>;
  /**
   * Referral counts by referrer, in one pass: how many customers name it (by external id, record id
   * or e-mail; oneself and circles left out) and how many of those have a won deal. Only referrers named at least once.
   */
  readonly referrals: (
    connection: ConnectionId,
  ) => Promise<ReadonlyMap<RecordId, { readonly referred: number; readonly bought: number }>>;
  /**
   * Duplicate candidates among live customers, each with every group it is in: the same e-mail, the
   * same phone, or, where neither is known of both, the same name and country.
   */
  readonly duplicates: (
    connection: ConnectionId,
  ) => Promise<ReadonlyMap<RecordId, readonly DuplicateGroup[]>>;
  /** Live deals that belong to any of these customers. */
  readonly dealsOf: (
    connection: ConnectionId,
    customers: readonly RecordId[],
  ) => Promise<readonly RecordId[]>;
  /** Which inputs anybody has filled: what nobody has is unknown for all. */
  readonly coverage: (connection: ConnectionId) => Promise<Coverage>;
};
