import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Text is `COLLATE "C"` throughout: ids page in the order JavaScript sorts them, and indexes serve
 * it. `json` (not `jsonb`) holds what is only kept and given back, key order included; `jsonb` what
 * SQL looks into. Rows that each pull stamps leave room on their page, so that indexes stay.
 */
export const firstTables: Migration = {
  up: async (db) => {
    for (const statement of statements) await run(db, statement);
  },
};

async function run(db: Kysely<unknown>, statement: string): Promise<void> {
  await sql.raw(statement.replaceAll('TEXT', 'text collate "C"')).execute(db);
}

const statements: readonly string[] = [
  `create table connections (
    id TEXT primary key, crm TEXT, account_id TEXT, subject TEXT, credential TEXT)`,
  `create table quota (
    connection_id TEXT, day TEXT, calls bigint not null, primary key (connection_id, day))`,
  `create table leases (
    connection_id TEXT primary key, holder TEXT, fence bigint not null,
    expires_at timestamptz not null)`,
  `create table runs (
    id TEXT primary key, connection_id TEXT not null, started_at timestamptz not null,
    ended_at timestamptz, outcome TEXT, plan_id TEXT, report json)`,
  'create index runs_latest on runs (connection_id, started_at desc, id desc)',
  `create table pulls (
    connection_id TEXT primary key, seq bigint not null, is_open boolean not null, mode TEXT not null,
    run_id TEXT not null, complete jsonb not null, watermark TEXT, next_watermark TEXT not null)`,
  `create table pull_tasks (
    connection_id TEXT, key TEXT, position bigint generated always as identity,
    object TEXT not null, kind TEXT not null, cursor TEXT not null, expected bigint,
    primary key (connection_id, key))`,
  `create table customers (
    connection_id TEXT, id TEXT, previous_ids jsonb not null, external_id TEXT, email TEXT,
    name TEXT, country TEXT, birthday date, referred_by TEXT, events_invited double precision,
    events_attended double precision, created_at timestamptz, modified_at timestamptz not null,
    held jsonb not null, content TEXT not null, seen_pull bigint not null, gone TEXT,
    primary key (connection_id, id)) with (fillfactor = 85)`,
  `create index customers_external on customers (connection_id, external_id)
    where external_id is not null`,
  'create index customers_email on customers (connection_id, email) where email is not null',
  `create index customers_referred on customers (connection_id, referred_by)
    where referred_by is not null`,
  `create table customer_aliases (
    connection_id TEXT, old_id TEXT, new_id TEXT not null, primary key (connection_id, old_id))`,
  'create index customer_aliases_new on customer_aliases (connection_id, new_id)',
  `create table deals (
    connection_id TEXT, id TEXT, reference TEXT, status TEXT not null, amount_minor bigint,
    amount_currency TEXT, home_minor bigint, home_currency TEXT, closed_at timestamptz,
    closed_on date, due_on date, paid_on date, modified_at timestamptz not null,
    problems jsonb not null, content TEXT not null, linked_at timestamptz,
    seen_pull bigint not null, gone TEXT, primary key (connection_id, id)) with (fillfactor = 85)`,
  `create table deal_links (
    connection_id TEXT, deal_id TEXT, customer_id TEXT, is_primary boolean not null,
    primary key (connection_id, deal_id, customer_id))`,
  'create index deal_links_customer on deal_links (connection_id, customer_id, deal_id)',
  `create table dirty_customers (
    connection_id TEXT, customer_id TEXT, primary key (connection_id, customer_id))`,
  `create table signals (
    connection_id TEXT, customer_id TEXT, signals json not null,
    primary key (connection_id, customer_id))`,
  `create table scores (
    connection_id TEXT, customer_id TEXT, run_id TEXT not null, as_of date not null,
    policy_version TEXT not null, tier TEXT, value_score integer, loyalty_score integer,
    recency integer, frequency integer, monetary integer, parts TEXT not null,
    score json not null, primary key (connection_id, customer_id))`,
  'create index scores_run on scores (connection_id, run_id, customer_id)',
  `create table unplanned_runs (
    connection_id TEXT, run_id TEXT, primary key (connection_id, run_id))`,
  `create table cut_points (
    position bigint generated always as identity primary key, connection_id TEXT not null,
    run_id TEXT not null, cuts json not null)`,
  'create index cut_points_latest on cut_points (connection_id, position)',
  `create table plans (
    position bigint generated always as identity, id TEXT primary key,
    connection_id TEXT not null, run_id TEXT not null, created_at timestamptz not null,
    as_of date not null, status TEXT not null, summary json not null)`,
  'create index plans_latest on plans (connection_id, position)',
  `create table plan_changes (
    plan_id TEXT references plans on delete cascade, seq bigint, customer_id TEXT not null,
    rank smallint not null, priority TEXT not null, fields jsonb not null, state TEXT not null,
    outcome TEXT, code TEXT, message TEXT, primary key (plan_id, seq))`,
  'create index plan_changes_order on plan_changes (plan_id, rank, seq)',
  'create index plan_changes_state on plan_changes (plan_id, state, rank, seq)',
  'create index plan_changes_customer on plan_changes (customer_id)',
  `create table plan_memberships (
    plan_id TEXT references plans on delete cascade, list_key TEXT, customer_id TEXT, action TEXT,
    outcome TEXT, code TEXT, primary key (plan_id, list_key, customer_id, action))`,
  `create table own_writes (
    connection_id TEXT, marker TEXT, first_at timestamptz not null, last_at timestamptz not null,
    count bigint not null, primary key (connection_id, marker))`,
  `create table lists (
    connection_id TEXT, key TEXT, crm_id TEXT not null, name TEXT not null, kind TEXT not null,
    status TEXT not null, primary key (connection_id, key))`,
  `create table list_members (
    connection_id TEXT, list_key TEXT, customer_id TEXT,
    primary key (connection_id, list_key, customer_id))`,
  'create index list_members_customer on list_members (connection_id, customer_id)',
  `create table list_member_pages (
    connection_id TEXT, list_key TEXT, customer_id TEXT,
    primary key (connection_id, list_key, customer_id))`,
];
