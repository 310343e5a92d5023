import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Logger } from '../lib/logger.ts';
import { type Keyring, SealError, seal, unseal } from '../lib/seal.ts';
import type { Secret } from '../lib/secret.ts';
import type { StoredChannel } from './channels.ts';
import { readKeyring, type SealKeys, secretKeyMissing } from './seal-keys.ts';
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
  { log, ...keys }: SealKeys & { readonly log: Logger },
): SealedChannels {
  const keyring = readKeyring(keys);
  return {
    load: async () => {
      const rows = keyring === null ? [] : await stored.load(connection);
      return rows.flatMap((row) => {
        const token = keyring === null ? null : opened(row, keyring);
        if (token === null) log.warn({ connection, channel: row.id }, 'channels.unreadable');
        return token === null ? [] : [{ ...row, token }];
      });
    },
    save: async (channels) => {
      if (keyring === null && channels.length > 0)
        throw secretKeyMissing(`the channels of connection ${connection}`);
      const rows = channels.flatMap((channel) =>
        keyring === null ? [] : [{ ...channel, token: seal(channel.token, keyring[0]) }],
      );
      await stored.save(connection, rows);
    },
  };
}

function opened({ token }: StoredChannel, keyring: Keyring): Secret | null {
  try {
    return unseal(token, keyring);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}
