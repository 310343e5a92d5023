import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { Secret } from '../lib/secret.ts';
import type { Database } from './database.ts';

/** Subscriptions to a CRM's events that lapse unless they are renewed. */
export type ChannelStore = {
  /** By id. */
  readonly load: (connection: ConnectionId) => Promise<readonly StoredChannel[]>;
  /** Replaces them all. */
  readonly save: (connection: ConnectionId, channels: readonly StoredChannel[]) => Promise<void>;
  /** Of all connections, those that lapse first in front: for alerts and `/metrics`. */
  readonly expiries: () => Promise<
    readonly {
      readonly connection: ConnectionId;
      readonly id: string;
      readonly expiresAt: Instant;
    }[]
  >;
};

export type StoredChannel = {
  readonly id: string;
  /** Sealed: the store never sees a token in clear (`src/lib/seal.ts`). */
  readonly token: Secret;
  readonly expiresAt: Instant;
};

export function channelStore(database: Database): ChannelStore {
  return {
    load: async (connection) => {
      const rows = await database.query((db) =>
        db
          .selectFrom('channels')
          .select(['id', 'token', 'expires_at'])
          .where('connection_id', '=', connection)
          .orderBy('id')
          .execute(),
      );
      return rows.map(({ id, token, expires_at }) => ({
        ...{ id, token: new Secret(token), expiresAt: expires_at },
      }));
    },
    save: async (connection, channels) => {
      const rows = channels.map(({ id, token, expiresAt }) => ({
        ...{ connection_id: connection, id, token: token.reveal(), expires_at: expiresAt },
      }));
      await database.transaction(async (trx) => {
        await trx.deleteFrom('channels').where('connection_id', '=', connection).execute();
        if (rows.length > 0) await trx.insertInto('channels').values(rows).execute();
      });
    },
    expiries: () =>
      database.query((db) =>
        db
          .selectFrom('channels')
          .select(['connection_id as connection', 'id', 'expires_at as expiresAt'])
          .orderBy('expires_at')
          .orderBy('connection_id')
          .orderBy('id')
          .execute(),
      ),
  };
}
