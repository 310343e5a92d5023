import { type RawBuilder, sql } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { Forgotten, KeptSince } from './retention-store.ts';

/** Rows of one transaction; a plan takes its changes with it. */
const plansAtOnce = 20;
const rowsAtOnce = 5_000;

/** What goes of one table. */
export type Rule = {
  readonly part: keyof Forgotten;
  readonly table: string;
  /** Its primary key. */
  readonly key: string;
  /** Of rows `t`. */
  readonly where: RawBuilder<unknown>;
  readonly atOnce: number;
  /** Columns that are emptied, where the row itself stays. Default: it goes. */
  readonly empties?: RawBuilder<unknown>;
};

type Old = KeptSince & { readonly connection: ConnectionId };

export function retentionRules(
  connection: ConnectionId,
  since: KeptSince,
): readonly [plans: Rule, ...others: Rule[]] {
  const of = { ...since, connection };
  return [
    oldPlans(of),
    idlePlans(of),
    oldRuns(of),
    oldWrites(of),
    oldQuota(of),
    oldAlerts(of),
    oldOverrides(of),
    goneRecords(of),
    historyOfGone(of),
    oldHistory(of),
    oldCuts(of),
    oldPolicies(of),
    oldShadows(of),
    idleMarks(of, 'unsettled_runs'),
    idleMarks(of, 'unplanned_runs'),
  ];
}

/**
 * One that waits or is half applied stays, and so do the newest, and the newest that was written,
 * whatever waits after it: the brake compares with what it saw.
 */
function oldPlans({ connection, before }: Old): Rule {
  const where = sql`
    t.connection_id = ${connection} and t.created_at < ${before}::timestamptz
    and t.status in ('applied', 'rejected', 'superseded', 'draft')
    and t.position < (select max(position) from plans where connection_id = ${connection})
    and t.id is distinct from (
      select p.id from baselines b join plans p on p.id = b.plan_id
      where b.connection_id = ${connection} and p.status = 'applied'
      order by p.position desc limit 1)`;
  return { part: 'plans', table: 'plans', key: 'id', where, atOnce: plansAtOnce };
}

/** Rescorings that found nothing to write: a webhook each, and nobody asks for them. */
function idlePlans({ connection, idleBefore }: Old): Rule {
  const where = sql`
    t.connection_id = ${connection} and t.created_at < ${idleBefore}::timestamptz
    and t.beside and t.status in ('applied', 'superseded')
    and not exists (select from plan_changes c where c.plan_id = t.id)
    and not exists (select from plan_memberships m where m.plan_id = t.id)`;
  return { part: 'idlePlans', table: 'plans', key: 'id', where, atOnce: rowsAtOnce };
}

function oldRuns({ connection, before }: Old): Rule {
  const where = sql`
    t.connection_id = ${connection} and t.started_at < ${before}::timestamptz
    and t.started_at < (select max(started_at) from runs where connection_id = ${connection})`;
  return { part: 'runs', table: 'runs', key: 'id', where, atOnce: rowsAtOnce };
}

function oldWrites({ connection, before }: Old): Rule {
  const where = sql`t.connection_id = ${connection} and t.last_at < ${before}::timestamptz`;
  const key = 'connection_id, marker';
  return { part: 'ownWrites', table: 'own_writes', key, where, atOnce: rowsAtOnce };
}

/** Names of stretches sort as their times do, and begin with the day. */
function oldQuota({ connection, before }: Old): Rule {
  const where = sql`t.connection_id = ${connection} and t.day < ${before.slice(0, 10)}`;
  return { part: 'quota', table: 'quota', key: 'connection_id, day', where, atOnce: rowsAtOnce };
}

function oldAlerts({ connection, before }: Old): Rule {
  const where = sql`t.connection_id = ${connection} and t.sent_at < ${before}::timestamptz`;
  return { part: 'alerts', table: 'alerts', key: 'connection_id, kind', where, atOnce: rowsAtOnce };
}

/** What was cleared or replaced; what is in force stays however old it is. */
function oldOverrides({ connection, before }: Old): Rule {
  const where = sql`t.connection_id = ${connection} and t.ended_at < ${before}::timestamptz`;
  return { part: 'overrides', table: 'overrides', key: 'position', where, atOnce: rowsAtOnce };
}

/** Who left the CRM so long ago is known by number alone; one that comes back comes whole. */
function goneRecords({ connection, before }: Old): Rule {
  const where = sql`
    t.connection_id = ${connection} and t.gone_at < ${before}::timestamptz and t.content <> ''`;
  return {
    ...{ part: 'goneRecords', table: 'customers', key: 'connection_id, id', where },
    atOnce: rowsAtOnce,
    empties: emptied,
  };
}

const emptied = sql`previous_ids = '[]', external_id = null, email = null, name = null,
  country = null, birthday = null, referred_by = null, events_invited = null,
  events_attended = null, phone = null, feedback = null, attributes = '{}', opted_out = false,
  email_key = null, phone_key = null, name_key = null, created_at = null, held = '{}', content = ''`;

const historyKey = 'connection_id, customer_id, position';

function historyOfGone({ connection, before }: Old): Rule {
  const where = sql`
    t.connection_id = ${connection} and exists (
      select from customers c where c.connection_id = ${connection} and c.id = t.customer_id
      and c.gone_at < ${before}::timestamptz)`;
  const of = { part: 'history', table: 'score_history', key: historyKey } as const;
  return { ...of, where, atOnce: rowsAtOnce };
}

/** A score that another followed so long ago: what held at the end of that time is kept. */
function oldHistory({ connection, before }: Old): Rule {
  const where = sql`
    t.connection_id = ${connection} and t.as_of < ${before}::date and exists (
      select from score_history later where later.connection_id = t.connection_id
      and later.customer_id = t.customer_id and later.position > t.position
      and later.as_of <= ${before}::date)`;
  const of = { part: 'history', table: 'score_history', key: historyKey } as const;
  return { ...of, where, atOnce: rowsAtOnce };
}

/** Those of the connection, or of its group; the newest scores. */
function oldCuts({ connection, before }: Old): Rule {
  const population = sql`coalesce(
    (select i.population from identity_states i where i.connection_id = ${connection}),
    ${connection})`;
  const where = sql`
    t.connection_id in (${connection}, ${population})
    and t.cuts->>'foundOn' < ${before.slice(0, 10)}
    and t.position < (
      select max(n.position) from cut_points n where n.connection_id = t.connection_id)
    and not exists (select from score_history h where h.cuts = t.position)`;
  return { part: 'cutPoints', table: 'cut_points', key: 'position', where, atOnce: rowsAtOnce };
}

/** Policies that nothing kept was made by. */
function oldPolicies({ before }: Old): Rule {
  const where = sql`
    t.first_used_at < ${before}::timestamptz
    and t.version not in (
      select policy_version from scores
      union select policy_version from score_history
      union select policy_version from plans
      union select cuts->>'policyVersion' from cut_points
      union select version from policy_releases)`;
  return { part: 'policies', table: 'policies', key: 'version', where, atOnce: rowsAtOnce };
}

/** A challenger's scores of then, and of who left the CRM so long ago; its snapshot, once empty, says so. */
function oldShadows({ connection, before }: Old): Rule {
  const where = sql`
    t.connection_id = ${connection} and (t.as_of < ${before}::date or exists (
      select from customers c where c.connection_id = ${connection} and c.id = t.customer_id
      and c.gone_at < ${before}::timestamptz))`;
  const of = {
    part: 'shadows',
    table: 'shadow_scores',
    key: 'connection_id, customer_id',
  } as const;
  return { ...of, where, atOnce: rowsAtOnce };
}

/**
 * That a run's scores are not written, or not planned, says nothing once each of them is another's and
 * no cut points are its own. Not of a run of these days: its next page may just be on its way.
 */
function idleMarks({ connection, idleBefore }: Old, table: 'unsettled_runs' | 'unplanned_runs') {
  const stamp = idleBefore.replaceAll(/\D/g, '').slice(0, 14);
  const where = sql`
    t.connection_id = ${connection}
    and coalesce(substring(t.run_id from '[0-9]{14}'), '') < ${stamp}
    and t.run_id not in (select run_id from scores where connection_id = ${connection})
    and t.run_id not in (select run_id from score_history where connection_id = ${connection})
    and t.run_id not in (select run_id from cut_points)`;
  const of = { part: 'runMarks', table, key: 'connection_id, run_id' } as const;
  return { ...of, where, atOnce: rowsAtOnce };
}
