import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { KeptOverride, OverrideEnd } from '../domain/override.ts';
import type { Tables } from './schema.ts';

type Row = Omit<KeptOverride, 'ended'> & {
  readonly how: OverrideEnd['how'] | null;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly endedWhy: string | null;
};

/** Overrides `o` that fit, each with the record that the one it was set on is now. */
export async function keptOverrides(
  db: Kysely<Tables>,
  where: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<readonly KeptOverride[]> {
  const { rows } = await sql<Row>`
    select o.position, o.connection_id as connection, o.customer_id as customer,
      coalesce(a.new_id, o.customer_id) as now, o.family, o.class, o.why, o.given_by as by,
      o.until, o.source, o.at, o.ended_how as how, o.ended_at as "endedAt",
      o.ended_by as "endedBy", o.ended_why as "endedWhy"
    from overrides o left join customer_aliases a
      on a.connection_id = o.connection_id and a.old_id = o.customer_id
    where ${where} order by ${order}`.execute(db);
  return rows.map(({ how, endedAt, endedBy, endedWhy, ...row }) => {
    const ended =
      how === null ? null : { how, at: endedAt ?? row.at, by: endedBy ?? '', why: endedWhy ?? '' };
    return { ...row, ended };
  });
}

/** Of live customers: what was set on them or on records that were merged into them. */
export async function inForceOf(
  db: Kysely<Tables>,
  connection: ConnectionId,
  customers: readonly RecordId[],
): Promise<readonly KeptOverride[]> {
  return await keptOverrides(
    db,
    sql`o.connection_id = ${connection} and o.ended_at is null and o.customer_id = any(array(
      select unnest(${customers}::text[]) collate "C" union all
      select old_id from customer_aliases
      where connection_id = ${connection} and new_id = any(${customers}::text[])))`,
    sql`o.position`,
  );
}
