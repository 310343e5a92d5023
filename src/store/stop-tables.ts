import type { ExceptionKind, RollbackException } from '../domain/rollback.ts';

/** Stopped connections, and what rollbacks left as it is. */
export type StopTables = {
  stops: StopTable;
  plan_exceptions: PlanExceptionTable;
  receipts_since: ReceiptsSinceTable;
};

type StopTable = {
  connection_id: string;
  stopped_at: string;
  stopped_by: string;
  why: string;
  plan_id: string | null;
};

/** One field or membership that a rollback does not take back. */
type PlanExceptionTable = {
  plan_id: string;
  customer_id: string;
  kind: ExceptionKind;
  of: RollbackException['of'];
  key: string;
  wrote: string | null;
  now: string | null;
  by_run: string | null;
};

/** Retention took the plans made before. */
type ReceiptsSinceTable = { connection_id: string; since: string };
