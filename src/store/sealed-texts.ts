import { sql } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import { Secret } from '../lib/secret.ts';
import type { Database } from './database.ts';

/** Everything that lies sealed in the store, whatever it is for: to be sealed anew. */
export type SealedTextStore = {
  readonly all: () => Promise<readonly SealedText[]>;
  /** Puts `next` in place of the text; false when that was replaced by somebody else meanwhile. */
  readonly replace: (text: SealedText, next: Secret) => Promise<boolean>;
};

export type SealedText = {
  readonly place: SealedPlace;
  readonly connection: ConnectionId;
  /** Of a channel: its id; else empty. */
  readonly id: string;
  readonly sealed: Secret;
};

type SealedPlace = 'credential' | 'channel';

type Row = {
  readonly place: SealedPlace;
  readonly connection: string;
  readonly id: string;
  readonly sealed: string;
};

export function sealedTextStore(database: Database): SealedTextStore {
  return {
    all: async () => {
      const { rows } = await database.query((db) =>
        sql<Row>`
          select 'credential' as place, id as connection, '' as id, credential as sealed
          from connections where credential is not null
          union all
          select 'channel', connection_id, id, token from channels
          order by 1, 2, 3`.execute(db),
      );
      return rows.map((row) => ({ ...row, sealed: new Secret(row.sealed) }));
    },
    replace: async ({ place, connection, id, sealed }, next) => {
      const [was, is] = [sealed.reveal(), next.reveal()];
      const statement =
        place === 'credential'
          ? sql`update connections set credential = ${is}
              where id = ${connection} and credential = ${was}`
          : sql`update channels set token = ${is}
              where connection_id = ${connection} and id = ${id} and token = ${was}`;
      const { numAffectedRows } = await database.transaction((trx) => statement.execute(trx));
      return Number(numAffectedRows ?? 0) > 0;
    },
  };
}
