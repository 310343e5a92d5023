import { AssayError } from '../domain/assay-error.ts';
import { type Keyring, parseSealKey, type SealKey } from '../lib/seal.ts';
import type { Secret } from '../lib/secret.ts';

/** What seals, and what sealed before it, as the environment gives them. */
export type SealKeys = {
  /** `ASSAY_SECRET_KEY`. */
  readonly key: Secret | null;
  /** `ASSAY_SECRET_KEY_OLD`: only opens. Default `null`. */
  readonly oldKey?: Secret | null;
};

/**
 * `null` where there is no key to seal with.
 * @throws AssayError `SECRET_KEY_INVALID` (refuse to start).
 */
export function readKeyring({ key, oldKey = null }: SealKeys): Keyring | null {
  if (key === null) return null;
  const current = readSealKey(key, 'ASSAY_SECRET_KEY');
  return oldKey === null ? [current] : [current, readSealKey(oldKey, 'ASSAY_SECRET_KEY_OLD')];
}

/** @throws AssayError `SECRET_KEY_INVALID` (refuse to start). */
function readSealKey(secretKey: Secret, variable: string): SealKey {
  try {
    return parseSealKey(secretKey);
  } catch (cause) {
    throw new AssayError(
      'SECRET_KEY_INVALID',
      'refuse-to-start',
      `${variable} is no key: it must be 32 bytes, as base64 or hex.`,
      'Make one with "openssl rand -base64 32" and put it into the environment.',
      { cause },
    );
  }
}

/** Something is to be kept, and nothing to seal it with. */
export function secretKeyMissing(what: string): AssayError {
  return new AssayError(
    'SECRET_KEY_MISSING',
    'refuse-to-start',
    `ASSAY_SECRET_KEY is not set: ${what} need it.`,
    'Make one with "openssl rand -base64 32" and put it into the environment of every process of Assay.',
  );
}
