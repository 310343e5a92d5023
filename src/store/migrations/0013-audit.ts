import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The log: one hash chain a connection, and `house` (ADR 15); what of a plan it vouches for. */
export const audit: Migration = {
  up: async (db) => {
    for (const statement of statements)
      await sql.raw(statement.replaceAll('TEXT', 'text collate "C"')).execute(db);
  },
};

/**
 * `facts`, `customers` and `detail` are texts of the log's own making: jsonb would give numbers back
 * as it likes to write them, and the hash is over what was written.
 */
const tables: readonly string[] = [
  `create table audit_heads (
    chain TEXT primary key, position bigint not null, hash TEXT not null)`,
  `create table audit (
    chain TEXT not null, position bigint not null, at timestamptz not null,
    actor TEXT not null, kind TEXT not null, facts TEXT not null,
    customers text[] collate "C", detail TEXT, salt TEXT, commitment TEXT not null,
    hash TEXT not null, primary key (chain, position))`,
  'create index audit_customers on audit using gin (customers) where customers is not null',
  'create index audit_at on audit (at, chain, position)',
  `create index audit_erased on audit (chain, position)
    where kind in ('customer.erased', 'records.forgotten', 'connection.forgotten')`,
  'create sequence write_batches',
  `alter table plan_changes
    add column salt uuid, add column leaf bytea, add column batch bigint`,
  `alter table plan_memberships
    add column salt uuid, add column leaf bytea, add column batch bigint`,
  'create index plan_changes_batch on plan_changes (batch) where batch is not null',
  'create index plan_memberships_batch on plan_memberships (batch) where batch is not null',
  "alter table runs add column actor TEXT not null default 'service'",
];

/**
 * The database itself refuses what the log never does. Who owns it can take these away; the chain
 * then finds what was done.
 */
const guards: readonly string[] = [
  `create function audit_row_stays() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and current_setting('assay.erasing', true) = 'on'
      and new.detail is null and new.salt is null and new.customers is null
      and (new.chain, new.position, new.at, new.actor, new.kind, new.facts, new.commitment, new.hash)
        = (old.chain, old.position, old.at, old.actor, old.kind, old.facts, old.commitment, old.hash)
    then return new;
    end if;
    raise exception 'The log is append-only' using errcode = 'insufficient_privilege';
  end $$`,
  `create function audit_head_advances() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and new.chain = old.chain and new.position = old.position + 1
    then return new;
    end if;
    raise exception 'The head of the log only advances' using errcode = 'insufficient_privilege';
  end $$`,
  `create trigger audit_row_stays before update or delete on audit
    for each row execute function audit_row_stays()`,
  `create trigger audit_stays before truncate on audit
    for each statement execute function audit_row_stays()`,
  `create trigger audit_head_advances before update or delete on audit_heads
    for each row execute function audit_head_advances()`,
  `create trigger audit_heads_stay before truncate on audit_heads
    for each statement execute function audit_head_advances()`,
];

const statements: readonly string[] = [...tables, ...guards];
