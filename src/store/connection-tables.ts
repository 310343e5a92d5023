import type { Subject } from '../domain/subject.ts';

/** Of connections themselves: who they are, what they used, who is at work on them. */
export type ConnectionTables = {
  connections: ConnectionTable;
  quota: QuotaTable;
  field_ids: FieldIdTable;
  leases: LeaseTable;
  begun_jobs: BegunJobTable;
};

type ConnectionTable = {
  id: string;
  crm: string | null;
  account_id: string | null;
  subject: Subject | null;
  credential: string | null;
  /** As the account presented itself last; `null` before that. */
  currency: string | null;
  time_zone: string | null;
};

type FieldIdTable = { connection_id: string; key: string; crm_id: string };

/** `day` names any stretch of time, `calls` is in the quota's unit. */
type QuotaTable = { connection_id: string; day: string; calls: number };

/** `crm_id`: `null` while the CRM has not answered. */
type BegunJobTable = {
  connection_id: string;
  key: string;
  crm_id: string | null;
  begun_at: string;
};

type LeaseTable = {
  connection_id: string;
  holder: string | null;
  fence: number;
  expires_at: string;
};
