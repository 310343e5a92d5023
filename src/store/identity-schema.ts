import type { Generated, JSONColumnType } from 'kysely';
import type { IdentityKey, RecordRef } from '../domain/population.ts';

/** Tables of who is one person across connections. */
export type IdentityTables = {
  identities: IdentityTable;
  identity_states: IdentityStateTable;
  identity_findings: IdentityFindingTable;
  partner_marks: PartnerMarkTable;
};

/** Only of whoever is joined: those with the same `person` are one. */
type IdentityTable = {
  connection_id: string;
  customer_id: string;
  /** `connection/id` of the first of them. */
  person: string;
  by_key: IdentityKey;
};

/** Of connections that are in a group. */
type IdentityStateTable = {
  connection_id: string;
  population: string;
  /** What the joining of now was found for: connections and keys. */
  signature: string;
  /** Customers changed since. */
  moved: boolean;
};

type IdentityFindingTable = {
  position: Generated<number>;
  population: string;
  kind: 'conflict' | 'duplicate';
  by_key: IdentityKey;
  against: IdentityKey | 'connection' | null;
  size: number;
  members: JSONColumnType<RecordRef[]>;
};

/** Whom another connection's changes concern; see `partner-marks.ts`. */
type PartnerMarkTable = { connection_id: string; customer_id: string };
