import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Logger } from '../lib/logger.ts';
import { SealError, type SealKey, seal, unseal } from '../lib/seal.ts';
import type { Secret } from '../lib/secret.ts';
import type { StoredChannel } from './channels.ts';
import { readSealKey } from './sealed-credentials.ts';
import type { Store } from './store.ts';

/** A connection's subscriptions with their tokens in clear. */
export type SealedChannels = {
  readonly load: () => Promise<readonly OpenChannel[]>;
  /** Replaces them all. @throws AssayError `SECRET_KEY_MISSING` (refuse to start). */
  readonly save: (channels: readonly OpenChannel[]) => Promise<void>;
};

type OpenChannel = {
  readonly id: string;
  readonly token: Secret;
  readonly expiresAt: Instant;
};

/**
 * Keeps channels sealed under `ASSAY_SECRET_KEY`. What another key sealed is of no use and left out:
 * then the channels are made anew.
 * @throws AssayError `SECRET_KEY_INVALID` (refuse to start).
 */
export function sealedChannels(
  { channels: stored }: Pick<Store, 'channels'>,
  connection: ConnectionId,
  { key: secretKey, log }: { readonly key: Secret | null; readonly log: Logger },
): SealedChannels {
  const key = secretKey === null ? null : readSealKey(secretKey);
  return {
    load: async () => {
      const rows = key === null ? [] : await stored.load(connection);
      return rows.flatMap((row) => {
        const token = key === null ? null : opened(row, key);
        if (token === null) log.warn({ connection, channel: row.id }, 'channels.unreadable');
        return token === null ? [] : [{ ...row, token }];
      });
    },
    save: async (channels) => {
      if (key === null && channels.length > 0) throw keyMissing(connection);
      const rows = channels.flatMap((channel) =>
        key === null ? [] : [{ ...channel, token: seal(channel.token, key) }],
      );
      await stored.save(connection, rows);
    },
  };
}

function opened({ token }: StoredChannel, key: SealKey): Secret | null {
  try {
    return unseal(token, key);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

function keyMissing(connection: ConnectionId): AssayError {
  return new AssayError(
    'SECRET_KEY_MISSING',
    'refuse-to-start',
    `ASSAY_SECRET_KEY is not set: the channels of connection ${connection} need it.`,
    'Make one with "openssl rand -base64 32" and put it into the environment of every process of Assay.',
  );
}
