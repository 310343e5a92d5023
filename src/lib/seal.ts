import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { Secret } from './secret.ts';

const algorithm = 'aes-256-gcm';
const version = 'assay1';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** A key of another form, or a sealed text that this key did not make or that was altered. */
export class SealError extends Error {
  override readonly name = 'SealError';
  readonly code: 'KEY_INVALID' | 'SEAL_BROKEN';

  constructor(code: 'KEY_INVALID' | 'SEAL_BROKEN', message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A key that was read; it does not print. */
export type SealKey = KeyObject;

/**
 * @param key 32 bytes as base64, base64url or hex
 * @throws SealError `KEY_INVALID`
 */
export function parseSealKey(key: Secret): SealKey {
  const text = key.reveal().trim();
  const isHex = /^[0-9a-f]{64}$/i.test(text);
  const bytes = Buffer.from(text, isHex ? 'hex' : 'base64');
  if (bytes.length === keyBytes && /^[\w+/=-]+$/.test(text)) return createSecretKey(bytes);
  throw new SealError('KEY_INVALID', `A sealing key is ${keyBytes} bytes, as base64 or hex.`);
}

/**
 * `text` as `assay1.<base64url of nonce, tag and cipher>`, so that it may lie in a database. Each
 * seal of the same text looks different.
 */
export function seal(text: Secret, key: SealKey): Secret {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce);
  cipher.setAAD(Buffer.from(version));
  const body = Buffer.concat([cipher.update(text.reveal(), 'utf8'), cipher.final()]);
  const sealed = Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
  return new Secret(`${version}.${sealed}`);
}

/** @throws SealError `SEAL_BROKEN` */
export function unseal(sealed: Secret, key: SealKey): Secret {
  const bytes = readSealed(sealed);
  const nonce = bytes.subarray(0, nonceBytes);
  const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(version));
  decipher.setAuthTag(tag);
  try {
    const body = decipher.update(bytes.subarray(nonceBytes + tagBytes));
    return new Secret(Buffer.concat([body, decipher.final()]).toString('utf8'));
  } catch (cause) {
    const message = 'This key did not seal this text, or the text was altered.';
    throw new SealError('SEAL_BROKEN', message, { cause });
  }
}

function readSealed(sealed: Secret): Buffer {
  const [prefix, body = ''] = sealed.reveal().split('.');
  const bytes = Buffer.from(body, 'base64url');
  if (prefix === version && bytes.length >= nonceBytes + tagBytes) return bytes;
  throw new SealError('SEAL_BROKEN', `A sealed text begins with ${version} and is whole.`);
}
