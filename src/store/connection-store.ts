import type { BegunJobs } from '../domain/begun-jobs.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Subject } from '../domain/subject.ts';
import type { Secret } from '../lib/secret.ts';

/** A connection and the CRM account it is of. */
export type Binding = {
  readonly connection: ConnectionId;
  readonly crm: string;
  readonly accountId: string;
};

export type ConnectionStore = {
  /** Which CRM account each connection is; those that were never pulled are left out. */
  readonly bindings: () => Promise<readonly Binding[]>;
  /**
   * Remembers which CRM account this connection is. A connection pointed at another account is
   * refused: its ids would be somebody else's.
   * @throws AssayError `CONNECTION_MOVED`.
   */
  readonly bind: (
    connection: ConnectionId,
    identity: { readonly crm: string; readonly accountId: string; readonly subject: Subject },
  ) => Promise<void>;
  /**
   * Forgets all that is stored of it, its account and credential too: before it is given another
   * account. Only its holder may.
   */
  readonly forget: (connection: ConnectionId) => Promise<void>;
  /** Sealed text (see `src/lib/seal.ts`); the store never sees a token in clear. */
  readonly loadCredential: (connection: ConnectionId) => Promise<Secret | null>;
  readonly saveCredential: (connection: ConnectionId, sealed: Secret) => Promise<void>;
  /** Of this stretch of time and all later ones; names of stretches sort as their times do. */
  readonly quotaUsedSince: (connection: ConnectionId, stretch: string) => Promise<number>;
  readonly addQuota: (connection: ConnectionId, stretch: string, spent: number) => Promise<void>;
  /** Writes that go on in the CRM by themselves. */
  readonly jobs: (connection: ConnectionId) => BegunJobs;
  /** The CRM's ids of our fields by their keys. */
  readonly fieldIds: (connection: ConnectionId) => Promise<ReadonlyMap<string, string>>;
  /** Replaces them all. */
  readonly saveFieldIds: (
    connection: ConnectionId,
    ids: ReadonlyMap<string, string>,
  ) => Promise<void>;
};
