import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { Secret } from './secret.ts';

const algorithm = 'aes-256-gcm';
const version = 'assay2';
/** Before keys had ids: which one sealed such a text is found by trying. */
const versionWithoutId = 'assay1';
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
export type SealKey = {
  /** Of the key's hash: stands in what it sealed, and tells nothing of the key. */
  readonly id: string;
  readonly key: KeyObject;
};

/** The first seals, any opens: the second is the one before, while keys are changed. */
export type Keyring = readonly [SealKey, ...SealKey[]];

/**
 * @param key 32 bytes as base64, base64url or hex
 * @throws SealError `KEY_INVALID`
 */
export function parseSealKey(key: Secret): SealKey {
  const text = key.reveal().trim();
  const isHex = /^[0-9a-f]{64}$/i.test(text);
  const bytes = Buffer.from(text, isHex ? 'hex' : 'base64');
  if (bytes.length === keyBytes && /^[\w+/=-]+$/.test(text))
    return { id: idOf(bytes), key: createSecretKey(bytes) };
  throw new SealError('KEY_INVALID', `A sealing key is ${keyBytes} bytes, as base64 or hex.`);
}

/**
 * `text` as `assay2.<key's id>.<base64url of nonce, tag and cipher>`, so that it may lie in a
 * database. Each seal of the same text looks different.
 */
export function seal(text: Secret, { id, key }: SealKey): Secret {
  const prefix = `${version}.${id}`;
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce);
  cipher.setAAD(Buffer.from(prefix));
  const body = Buffer.concat([cipher.update(text.reveal(), 'utf8'), cipher.final()]);
  const sealed = Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
  return new Secret(`${prefix}.${sealed}`);
}

/** @throws SealError `SEAL_BROKEN` */
export function unseal(sealed: Secret, keys: Keyring): Secret {
  const { prefix, keyId, bytes } = readSealed(sealed);
  for (const { id, key } of keys) {
    if (keyId !== null && keyId !== id) continue;
    const text = tryKey(bytes, prefix, key);
    if (text !== null) return text;
  }
  throw new SealError('SEAL_BROKEN', 'No key here sealed this text, or the text was altered.');
}

/** Whether this very key sealed it, by what the text says of itself. */
export function isSealedBy(sealed: Secret, { id }: SealKey): boolean {
  return sealed.reveal().startsWith(`${version}.${id}.`);
}

function tryKey(bytes: Buffer, prefix: string, key: KeyObject): Secret | null {
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(prefix));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    const body = decipher.update(bytes.subarray(nonceBytes + tagBytes));
    return new Secret(Buffer.concat([body, decipher.final()]).toString('utf8'));
  } catch {
    return null;
  }
}

type Sealed = {
  /** Authenticated with the text. */
  readonly prefix: string;
  /** `null` in a text of before keys had ids. */
  readonly keyId: string | null;
  readonly bytes: Buffer;
};

function readSealed(sealed: Secret): Sealed {
  const parts = sealed.reveal().split('.');
  const body = parts.at(-1) ?? '';
  const bytes = Buffer.from(body, 'base64url');
  const [first, keyId = null] = parts.slice(0, -1);
  const isKnown = keyId === null ? first === versionWithoutId : first === version;
  if (isKnown && parts.length <= 3 && bytes.length >= nonceBytes + tagBytes)
    return { prefix: parts.slice(0, -1).join('.'), keyId, bytes };
  throw new SealError('SEAL_BROKEN', `A sealed text begins with ${version} and is whole.`);
}

function idOf(key: Buffer): string {
  return createHash('sha256').update('assay/seal-key-id\n').update(key).digest('hex').slice(0, 8);
}
