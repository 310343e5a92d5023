import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { parseSealKey, SealError, type SealKey, seal, unseal } from '../lib/seal.ts';
import type { Secret } from '../lib/secret.ts';
import type { Store } from './store.ts';
import { withTokenLock } from './token-lock.ts';

/** Where renewed OAuth tokens of one connection are kept between runs. */
export type SealedCredentials = {
  readonly load: () => Promise<Secret | null>;
  readonly save: (value: Secret) => Promise<void>;
  /** Runs alone among all processes that hold these tokens. */
  readonly exclusively: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
};

type Keeping = {
  /** `ASSAY_SECRET_KEY`. */
  readonly key: Secret | null;
  readonly clock: Clock;
  readonly log: Logger;
};

/**
 * Keeps tokens sealed under `ASSAY_SECRET_KEY`. Without a key nothing is kept: the next start renews
 * from the refresh token in the environment. What another key sealed is of no use and left out.
 * @throws AssayError `SECRET_KEY_INVALID` (refuse to start).
 */
export function sealedCredentials(
  { connections, leases }: Pick<Store, 'connections' | 'leases'>,
  connection: ConnectionId,
  { key: secretKey, clock, log }: Keeping,
): SealedCredentials {
  const exclusively: SealedCredentials['exclusively'] = async (work, signal) =>
    withTokenLock(leases, connection, { clock, signal }, work);
  if (secretKey === null)
    return { load: async () => null, save: async () => undefined, exclusively };
  const key = readSealKey(secretKey);
  return {
    exclusively,
    load: async () => {
      const sealed = await connections.loadCredential(connection);
      if (sealed === null) return null;
      try {
        return unseal(sealed, key);
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
        log.warn({ connection, code: error.code }, 'credentials.unreadable');
        return null;
      }
    },
    save: async (value) => connections.saveCredential(connection, seal(value, key)),
  };
}

/** @throws AssayError `SECRET_KEY_INVALID` (refuse to start). */
export function readSealKey(secretKey: Secret): SealKey {
  try {
    return parseSealKey(secretKey);
  } catch (cause) {
    throw new AssayError(
      'SECRET_KEY_INVALID',
      'refuse-to-start',
      'ASSAY_SECRET_KEY is no key: it must be 32 bytes, as base64 or hex.',
      'Make one with "openssl rand -base64 32" and put it into the environment.',
      { cause },
    );
  }
}
