import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { ChangePriority, FieldChange, ReceiptOutcome } from '../domain/change.ts';
import type { DealProblem, DealStatus } from '../domain/deal.ts';
import type { FieldValues } from '../domain/field.ts';
import type { Hold } from '../domain/hold.ts';
import type { KnownList } from '../domain/list.ts';
import type { PlanDecision, PlanKind, PlanStatus, PlanSummary } from '../domain/plan.ts';
import type { PullObject } from '../domain/pull-task.ts';
import type { RunOutcome } from '../domain/run.ts';
import type { AccessTables } from './access-tables.ts';
import type { AlertTables } from './alert-tables.ts';
import type { AuditTables } from './audit-tables.ts';
import type { BaselineTables } from './baseline-tables.ts';
import type { ConnectionTables } from './connection-tables.ts';
import type { HistoryTables } from './history-tables.ts';
import type { IdentityTables } from './identity-schema.ts';
import type { InboxTables } from './inbox-tables.ts';
import type { OverrideTables } from './override-tables.ts';
import type { ChangeState } from './plan-store.ts';
import type { PolicyTables } from './policy-tables.ts';
import type { ReviewTables } from './review-tables.ts';
import type { ScheduleTables } from './schedule-tables.ts';
import type { ScoreTables } from './score-tables.ts';
import type { ShadowTables } from './shadow-tables.ts';
import type { StopTables } from './stop-tables.ts';
import type { WorkTables } from './work-tables.ts';

/**
 * The tables, as `parsers.ts` reads them: bigint as number, instants as ISO text, days as text.
 * All text columns sort by byte (`COLLATE "C"`), as JavaScript sorts the ids.
 */
export type Tables = AccessTables &
  AlertTables &
  AuditTables &
  BaselineTables &
  ConnectionTables &
  HistoryTables &
  IdentityTables &
  InboxTables &
  OverrideTables &
  PolicyTables &
  ReviewTables &
  ScheduleTables &
  ScoreTables &
  ShadowTables &
  StopTables &
  WorkTables & {
    runs: RunTable;
    pulls: PullTable;
    pull_tasks: PullTaskTable;
    customers: CustomerTable;
    customer_aliases: AliasTable;
    duplicates: DuplicateTable;
    deals: DealTable;
    deal_links: DealLinkTable;
    dirty_customers: DirtyTable;
    policies: PolicyTable;
    plans: PlanTable;
    plan_changes: PlanChangeTable;
    plan_memberships: PlanMembershipTable;
    own_writes: OwnWritesTable;
    lists: ListTable;
    list_members: ListMemberTable;
    list_member_pages: ListMemberTable;
  };

/** Why a row is no longer live. */
export type Gone = 'archived' | 'erased' | 'merged' | 'unlisted';

type RunTable = {
  id: string;
  connection_id: string;
  started_at: string;
  ended_at: string | null;
  outcome: RunOutcome | null;
  plan_id: string | null;
  actor: Generated<string>;
  report: ColumnType<unknown, string | undefined, string>;
};

type PullTable = {
  connection_id: string;
  /** Counts the connection's pulls; `seen_pull` of a record names the last that saw it. */
  seq: number;
  is_open: boolean;
  mode: 'full' | 'delta';
  run_id: string;
  complete: JSONColumnType<PullObject[]>;
  /** Of the last pull that ended. */
  watermark: string | null;
  next_watermark: string;
  /** `seq` when a rollback was written; `null`: no listing is due. See `PullStore.isListingDue`. */
  listing_due_after: number | null;
};

type PullTaskTable = {
  connection_id: string;
  key: string;
  position: Generated<number>;
  object: PullObject;
  kind: string;
  cursor: string;
  expected: number | null;
};

type CustomerTable = {
  connection_id: string;
  id: string;
  previous_ids: JSONColumnType<string[]>;
  external_id: string | null;
  email: string | null;
  phone: string | null;
  name: string | null;
  country: string | null;
  birthday: string | null;
  referred_by: string | null;
  events_invited: number | null;
  events_attended: number | null;
  feedback: number | null;
  attributes: JSONColumnType<Record<string, string>>;
  opted_out: boolean;
  /** See `match-keys.ts`. */
  email_key: string | null;
  phone_key: string | null;
  name_key: string | null;
  created_at: string | null;
  modified_at: string;
  held: JSONColumnType<FieldValues>;
  /** Hash over what scoring and planning read, `held` and `modified_at` left out. */
  content: string;
  seen_pull: number;
  gone: Gone | null;
  /** By the store's clock; `null` while it is there. */
  gone_at: Generated<string | null>;
};

/** Always flat: `new_id` is never the `old_id` of another row. */
type AliasTable = { connection_id: string; old_id: string; new_id: string };

/** Who was a duplicate candidate when that was last looked at. */
type DuplicateTable = { connection_id: string; customer_id: string };

type DealTable = {
  connection_id: string;
  id: string;
  reference: string | null;
  status: DealStatus;
  amount_minor: number | null;
  amount_currency: string | null;
  home_minor: number | null;
  home_currency: string | null;
  closed_at: string | null;
  closed_on: string | null;
  due_on: string | null;
  paid_on: string | null;
  /** In `amount_currency`. */
  discount_minor: number | null;
  products: JSONColumnType<string[]> | null;
  modified_at: string;
  problems: JSONColumnType<DealProblem[]>;
  content: string;
  /** Modified time of the page that last named the deal's customers. */
  linked_at: string | null;
  seen_pull: number;
  gone: Gone | null;
  /** All its customers were erased: its reference is not kept. */
  is_cleared: Generated<boolean>;
};

type DealLinkTable = {
  connection_id: string;
  deal_id: string;
  customer_id: string;
  is_primary: boolean;
};

type DirtyTable = { connection_id: string; customer_id: string };

/** Every policy that ever scored, by its version. */
type PolicyTable = {
  version: string;
  content: ColumnType<unknown, string, never>;
  first_used_at: ColumnType<string, string, never>;
};

type PlanTable = {
  position: Generated<number>;
  id: string;
  connection_id: string;
  run_id: string;
  created_at: string;
  as_of: string;
  kind: Generated<PlanKind>;
  status: PlanStatus;
  policy_version: Generated<string>;
  holds: JSONColumnType<readonly Hold[], string | undefined, string>;
  decision: JSONColumnType<PlanDecision, string | undefined, string> | null;
  digest: ColumnType<string | null, string | undefined, string>;
  /** Of a rescoring: no plan of a run gives way to it. */
  beside: Generated<boolean>;
  /** Runs whose scores it shows once it is applied. */
  covers: Generated<string[]>;
  /** The rollback that takes it back. */
  undone_by: string | null;
  summary: JSONColumnType<PlanSummary>;
};

type PlanChangeTable = {
  plan_id: string;
  seq: number;
  customer_id: string;
  /** Position of `priority` in `changePriorities`. */
  rank: number;
  priority: ChangePriority;
  fields: JSONColumnType<FieldChange[]>;
  state: ChangeState;
  outcome: ReceiptOutcome | null;
  code: string | null;
  message: string | null;
  /** When its receipt was kept, and in which order; empty before that. */
  done_at: string | null;
  done_no: number | null;
  /** Taken out once the customer is erased; see `plan-leaves.ts`. */
  salt: string | null;
  /** Which row of the log tells what became of it. */
  batch: number | null;
};

type PlanMembershipTable = {
  plan_id: string;
  list_key: string;
  customer_id: string;
  action: 'add' | 'remove';
  /** Sent, or about to be; means nothing once there is an outcome. */
  sending: Generated<boolean>;
  outcome: ReceiptOutcome | null;
  code: string | null;
  done_at: string | null;
  done_no: number | null;
  /** Taken out once the customer is erased; see `plan-leaves.ts`. */
  salt: string | null;
  /** Which row of the log tells what became of it. */
  batch: number | null;
};

type OwnWritesTable = {
  connection_id: string;
  marker: string;
  first_at: string;
  last_at: string;
  count: number;
};

type ListTable = {
  connection_id: string;
  key: string;
  crm_id: string;
  name: string;
  kind: KnownList['kind'];
  /** `making`: about to be; its `crm_id` is empty. */
  status: KnownList['status'] | 'making';
};

type ListMemberTable = { connection_id: string; list_key: string; customer_id: string };
