import type { AuditFact } from '../domain/audit.ts';
import type { FieldValues } from '../domain/field.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { RecordRef } from '../domain/population.ts';
import type { Gone } from './schema.ts';

/** A record that somebody may want to be erased, whether the CRM still has it or not. */
export type Erasable = {
  readonly id: RecordId;
  readonly gone: Gone | null;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly name: string | null;
  /** What the CRM holds in our fields, and our lists it is on, as far as we know. */
  readonly held: FieldValues;
  readonly lists: readonly string[];
  /** The same person's records in other connections. */
  readonly partners: readonly RecordRef[];
};

/** What one erasure took out. */
export type Erased = {
  /** The ids it had, those of records merged into it among them: they never come back. */
  readonly ids: readonly RecordId[];
  /** Rows by table, those without any left out. */
  readonly rows: Readonly<Record<string, number>>;
  /** Deals that were theirs alone: what they brought stays, without a customer. */
  readonly deals: number;
  /** Records of others that named it as their referrer. */
  readonly referred: number;
  /** The same person's records elsewhere, which stay. */
  readonly partners: readonly RecordRef[];
};

/** Persons who are to be forgotten. */
export type ErasureStore = {
  /**
   * Who is meant by a record id (also one that was merged away), an external id or an e-mail; those
   * that left the CRM too, and who was erased before by the record id.
   */
  readonly find: (connection: ConnectionId, text: string) => Promise<readonly Erasable[]>;
  /**
   * Takes them out of every table; a tombstone keeps them from coming back. `facts` go into the row of
   * the log. Partners are marked, to be scored without them.
   */
  readonly erase: (
    connection: ConnectionId,
    ids: readonly RecordId[],
    facts: AuditFact['facts'],
  ) => Promise<Erased>;
  /**
   * Writes the tables of whoever was erased anew, so that no file of a folder holds what was taken
   * out of it; on a server that is its operator's part. Returns how many erasures that concerned.
   */
  readonly clean: () => Promise<number>;
};
