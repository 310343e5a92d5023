import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PlanId } from '../domain/ids.ts';
import type {
  RollbackScope,
  WrittenCustomer,
  WrittenField,
  WrittenMembership,
} from '../domain/rollback.ts';
import type { Page } from './rollback-store.ts';
import type { Tables } from './schema.ts';

/** Whether a receipt `row` is to be taken back. */
function isOurs(scope: RollbackScope, row: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  return scope.kind === 'plans'
    ? sql<boolean>`${column('plan_id')} = any(${scope.plans}::text[])`
    : sql<boolean>`${column('done_at')} > ${scope.at}::timestamptz`;
}

/**
 * Receipts of the scope, a page of them in the order of writing. Of several of the same `of` the newest
 * stands for all, so that each comes once, whatever the pages.
 */
function pageOf(
  table: 'plan_changes' | 'plan_memberships',
  scope: RollbackScope,
  { after, limit }: Page,
): RawBuilder<unknown> {
  const rows = sql.table(table);
  const sameList = sql.raw(table === 'plan_memberships' ? 'and n.list_key = c.list_key' : '');
  return sql`
    select c.* from ${rows} c join plans p on p.id = c.plan_id
    where p.connection_id = ${scope.connection} and c.outcome = 'applied'
      and c.done_no > ${after ?? 0} and ${isOurs(scope, 'c')}
      and not exists (
        select from ${rows} n join plans q on q.id = n.plan_id
        where n.customer_id = c.customer_id ${sameList} and q.connection_id = ${scope.connection}
          and n.outcome = 'applied' and n.done_no > c.done_no and ${isOurs(scope, 'n')})
    order by c.done_no limit ${limit}`;
}

/**
 * All our receipts of the customer, those to be taken back marked. Of each field the oldest of those
 * knows what was there before, the newest what we wrote; a later one of another run wrote it again.
 */
export async function loadWrittenFields(
  db: Kysely<Tables>,
  scope: RollbackScope,
  page: Page,
): Promise<readonly WrittenCustomer[]> {
  const { rows } = await sql<WrittenRow>`
    with page as materialized (${pageOf('plan_changes', scope, page)})
    select page.customer_id as "customerId", page.done_no as position, w.fields
    from page cross join lateral (
      select jsonb_agg(to_jsonb(f) order by f.key) as fields from (
        select field.key,
          (array_agg(field."from" order by h.done_no) filter (where h.ours))[1] as before,
          (array_agg(field."to" order by h.done_no desc) filter (where h.ours))[1] as wrote,
          case when max(h.done_no) > max(h.done_no) filter (where h.ours)
            then (array_agg(h.run_id order by h.done_no desc))[1] end as "againBy"
        from (
          select c.fields, c.done_no, p.run_id, ${isOurs(scope, 'c')} as ours
          from plan_changes c join plans p on p.id = c.plan_id
          where c.customer_id = page.customer_id and p.connection_id = ${scope.connection}
            and c.outcome = 'applied') h,
          jsonb_to_recordset(h.fields) as field(key text, "from" text, "to" text)
        group by field.key having bool_or(h.ours)) f) w
    order by page.done_no`.execute(db);
  return rows.map(({ fields, ...row }) => ({ ...row, fields: fields ?? [] }));
}

type WrittenRow = Omit<WrittenCustomer, 'fields'> & {
  readonly fields: readonly WrittenField[] | null;
};

export async function loadWrittenMemberships(
  db: Kysely<Tables>,
  scope: RollbackScope,
  page: Page & { readonly plan: PlanId },
): Promise<readonly WrittenMembership[]> {
  const { connection } = scope;
  const { rows } = await sql<WrittenMembership>`
    with page as materialized (${pageOf('plan_memberships', scope, page)})
    select page.list_key as "listKey", page.customer_id as "customerId", page.done_no as position,
      w."wasMember", page.action as wrote, w."againBy",
      exists (
        select from list_members l where l.connection_id = ${connection}
        and l.list_key = page.list_key and l.customer_id = page.customer_id) as "isMember",
      exists (
        select from plan_exceptions x where x.plan_id = ${page.plan}
        and x.customer_id = page.customer_id and x.kind = 'gone')
      or exists (
        select from customers c where c.connection_id = ${connection}
        and c.id = page.customer_id and c.gone is not null) as "isGone"
    from page cross join lateral (
      select (array_agg(h.action order by h.done_no) filter (where h.ours))[1] = 'remove'
          as "wasMember",
        case when max(h.done_no) > max(h.done_no) filter (where h.ours)
          then (array_agg(h.run_id order by h.done_no desc))[1] end as "againBy"
      from (
        select m.action, m.done_no, p.run_id, ${isOurs(scope, 'm')} as ours
        from plan_memberships m join plans p on p.id = m.plan_id
        where m.customer_id = page.customer_id and m.list_key = page.list_key
          and p.connection_id = ${connection} and m.outcome = 'applied') h) w
    order by page.done_no`.execute(db);
  return rows;
}
