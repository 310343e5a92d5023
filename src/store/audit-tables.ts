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
  /** Canonical JSON, as text: the hash is over it. */
  facts: string;
  /** Taken out, with detail and salt, once one of them is erased. */
  customers: readonly string[] | null;
  /** Canonical JSON, as text. */
  detail: string | null;
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
  /** `null`: the same, or not known. */
  held_minor: number | null;
  reason: string;
};
