import { type Kysely, sql } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

/** One kind of alert on one connection; an empty name where an alert is of none. */
export type AlertKey = { readonly connection: ConnectionId | ''; readonly kind: string };

/** When each kind of alert was sent last, over all processes. */
export type AlertStore = {
  /**
   * The right to send one now. Of several who ask within `everyMs` one is told how many were withheld
   * since the last; the others are counted and told `null`. A time in the future, of a clock that was
   * set back, holds nobody up.
   */
  readonly claim: (
    key: AlertKey,
    when: { readonly now: Instant; readonly everyMs: number },
  ) => Promise<{ readonly withheld: number } | null>;
  /** It could not be sent: the next that happens may be. */
  readonly giveBack: (key: AlertKey, withheld: number) => Promise<void>;
};

export function alertStore(database: Database): AlertStore {
  return {
    claim: (key, when) => database.transaction((trx) => claim(trx, key, when)),
    giveBack: async ({ connection, kind }, withheld) => {
      await database.transaction((trx) =>
        sql`
          update alerts set sent_at = '-infinity', withheld = alerts.withheld + ${withheld + 1}
          where connection_id = ${connection} and kind = ${kind}`.execute(trx),
      );
    },
  };
}

type When = Parameters<AlertStore['claim']>[1];

/** The row is locked first, so that of two at the same moment the second finds what the first did. */
async function claim(
  db: Kysely<Tables>,
  { connection, kind }: AlertKey,
  { now, everyMs }: When,
): Promise<{ readonly withheld: number } | null> {
  await sql`
    insert into alerts (connection_id, kind, sent_at) values (${connection}, ${kind}, '-infinity')
    on conflict (connection_id, kind) do nothing`.execute(db);
  const since = new Date(Date.parse(now) - everyMs).toISOString();
  const { rows } = await sql<{ readonly isFree: boolean; readonly withheld: number }>`
    select withheld, sent_at <= ${since}::timestamptz or sent_at > ${now}::timestamptz as "isFree"
    from alerts where connection_id = ${connection} and kind = ${kind} for update`.execute(db);
  const [row] = rows;
  const isFree = row?.isFree === true;
  await db
    .updateTable('alerts')
    .set(isFree ? { sent_at: now, withheld: 0 } : { withheld: sql<number>`withheld + 1` })
    .where('connection_id', '=', connection)
    .where('kind', '=', kind)
    .execute();
  return isFree ? { withheld: row.withheld } : null;
}
