import { type Kysely, sql } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Tables } from './schema.ts';
import type { Carried } from './store.ts';

type Row = {
  readonly id: RecordId;
  readonly referrals: number | null;
  readonly bought: number | null;
  readonly asOf: string | null;
  readonly isDuplicate: boolean;
};

/** By key alone: finding anew who refers whom, or who is whose double, looks at everybody. */
export async function loadCarried(
  db: Kysely<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, Carried>> {
  const { rows } = await sql<Row>`
    select named.id, s.referrals, s.referrals_bought as bought, s.as_of as "asOf",
      d.customer_id is not null as "isDuplicate"
    from unnest(${ids}::text[]) as named (id)
    left join scores s on s.connection_id = ${connection} and s.customer_id = named.id collate "C"
    left join duplicates d
      on d.connection_id = ${connection} and d.customer_id = named.id collate "C"`.execute(db);
  return new Map(
    rows.map(({ id, referrals, bought, ...row }) => [
      id,
      {
        ...row,
        referrals: referrals === null ? null : { referred: referrals, bought: bought ?? 0 },
      },
    ]),
  );
}
