import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PlanId } from '../domain/ids.ts';
import type { Tables } from './schema.ts';

/**
 * Each row of a plan has a leaf: the hash of a salt of its own and of what it proposes. The log keeps
 * digests over leaves. Erasing a customer takes out salt and content and leaves the leaf, of which
 * nobody can guess what it was, so that the digests still hold.
 */
export type LeafTable = 'plan_changes' | 'plan_memberships';

/** The columns of `row` that a leaf is over; what it proposes never changes. */
const content = {
  plan_changes: (row: string) => `${row}.seq::text, ${row}.customer_id, ${row}.priority,
    ${row}.fields::text`,
  plan_memberships: (row: string) => `${row}.list_key, ${row}.customer_id, ${row}.action`,
} as const;

/** The leaf of a row that has its salt. */
export function leafOf(table: LeafTable, row: string): RawBuilder<unknown> {
  return sql.raw(`sha256(convert_to(
    json_build_array(${row}.salt::text, ${content[table](row)})::text, 'UTF8'))`);
}

/** Over what became of rows: the same in whatever order they are found. */
export function outcomeDigest(row: string): RawBuilder<unknown> {
  return sql.raw(`encode(sha256(coalesce(string_agg(
    ${row}.leaf || convert_to(concat_ws(' ', ${row}.outcome, ${row}.code), 'UTF8'), ''::bytea
    order by ${row}.leaf), ''::bytea)), 'hex')`);
}

type PlanDigest = {
  readonly changes: number;
  readonly memberships: number;
  readonly digest: string;
};

/** Over all that a plan proposes. Leaves are joined by first byte, so that none of the texts is long. */
export async function planDigest(db: Kysely<Tables>, id: PlanId): Promise<PlanDigest> {
  const { rows } = await sql<PlanDigest>`
    with leaves as (
      select 'c' as of, leaf from plan_changes where plan_id = ${id}
      union all select 'm', leaf from plan_memberships where plan_id = ${id}),
    parts as (
      select of, get_byte(leaf, 0) as part, count(*) as count,
        sha256(string_agg(leaf, ''::bytea order by leaf)) as digest
      from leaves where leaf is not null group by 1, 2)
    select coalesce(sum(count) filter (where of = 'c'), 0)::bigint as changes,
      coalesce(sum(count) filter (where of = 'm'), 0)::bigint as memberships,
      encode(sha256(coalesce(string_agg(
        convert_to(of || part, 'UTF8') || digest, ''::bytea order by of, part), ''::bytea)), 'hex')
        as digest
    from parts`.execute(db);
  return rows[0] ?? { changes: 0, memberships: 0, digest: '' };
}
