import type { ColumnType } from 'kysely';
import type { AuditValue } from '../domain/audit.ts';

/** Of the log. */
export type AuditTables = {
  audit: AuditTable;
  audit_heads: { chain: string; position: number; hash: string };
  plan_moves: PlanMoveTable;
};

type AuditTable = {
  chain: string;
  position: number;
  at: string;
  actor: string;
  kind: string;
  /** As canonical JSON; text in, parsed out. */
  facts: ColumnType<Readonly<Record<string, AuditValue>>, string, never>;
  customers: readonly string[] | null;
  /** Taken out, with its salt, once one of its customers is erased. */
  detail: ColumnType<Readonly<Record<string, AuditValue>> | null, string | null, null>;
  salt: string | null;
  commitment: string;
  hash: string;
};

/** The moves of a plan that matter most. */
type PlanMoveTable = {
  plan_id: string;
  position: number;
  customer_id: string;
  from_tier: string | null;
  to_tier: string | null;
  net_minor: number;
  reason: string;
};
