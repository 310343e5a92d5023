import type { ConnectionId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { SealError, seal, unseal } from '../lib/seal.ts';
import type { Secret } from '../lib/secret.ts';
import { readKeyring, type SealKeys } from './seal-keys.ts';
import type { Store } from './store.ts';
import { withTokenLock } from './token-lock.ts';

/** Where renewed OAuth tokens of one connection are kept between runs. */
export type SealedCredentials = {
  readonly load: () => Promise<Secret | null>;
  readonly save: (value: Secret) => Promise<void>;
  /** Runs alone among all processes that hold these tokens. */
  readonly exclusively: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
};

type Keeping = SealKeys & { readonly clock: Clock; readonly log: Logger };

/**
 * Keeps tokens sealed under `ASSAY_SECRET_KEY`. Without a key nothing is kept: the next start renews
 * from the refresh token in the environment. What a key sealed that is not here is left out.
 * @throws AssayError `SECRET_KEY_INVALID` (refuse to start).
 */
export function sealedCredentials(
  { connections, leases }: Pick<Store, 'connections' | 'leases'>,
  connection: ConnectionId,
  { clock, log, ...keys }: Keeping,
): SealedCredentials {
  const exclusively: SealedCredentials['exclusively'] = async (work, signal) =>
    withTokenLock(leases, connection, { clock, signal }, work);
  const keyring = readKeyring(keys);
  if (keyring === null) return { load: async () => null, save: async () => undefined, exclusively };
  let told: string | null = null;
  return {
    exclusively,
    load: async () => {
      const sealed = await connections.loadCredential(connection);
      if (sealed === null) return null;
      try {
        return unseal(sealed, keyring);
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
        // It is asked for before every renewal, and says nothing new until it is another one.
        if (told !== sealed.reveal())
          log.warn({ connection, code: error.code }, 'credentials.unreadable');
        told = sealed.reveal();
        return null;
      }
    },
    save: async (value) => connections.saveCredential(connection, seal(value, keyring[0])),
  };
}
