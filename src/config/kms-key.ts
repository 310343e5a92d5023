import { z } from 'zod';
import { AssayError } from '../domain/assay-error.ts';
import { Secret } from '../lib/secret.ts';
import type { Config } from './config.ts';

const prefix = 'kms:';

// Not a literal, so that neither the compiler nor a bundler wants what only some installations have.
const packageName: string = '@aws-sdk/client-kms';

type KmsClient = {
  readonly send: (command: object) => Promise<unknown>;
  readonly destroy: () => void;
};

const constructorOf = <T>() => z.custom<T>((value) => typeof value === 'function');
const kmsPackage = z.object({
  KMSClient: constructorOf<new (options: object) => KmsClient>(),
  DecryptCommand: constructorOf<new (input: { readonly CiphertextBlob: Uint8Array }) => object>(),
});
const decrypted = z.object({ Plaintext: z.instanceof(Uint8Array) });

/**
 * The same config with `ASSAY_SECRET_KEY` (and the old one) as keys: one that is `kms:<ciphertext>` is
 * decrypted by AWS KMS, whose client finds region, credentials and AWS_ENDPOINT_URL_KMS by AWS's own
 * means. Asked once a start, and nothing when no key is KMS's.
 * @throws AssayError `KMS_CLIENT_MISSING`, `KMS_REFUSED` (refuse to start).
 */
export async function withPlainKeys(config: Config): Promise<Config> {
  const { secretKey, secretKeyOld = null } = config;
  if (!isKms(secretKey) && !isKms(secretKeyOld)) return config;
  return {
    ...config,
    secretKey: await plainKey(secretKey, 'ASSAY_SECRET_KEY'),
    secretKeyOld: await plainKey(secretKeyOld, 'ASSAY_SECRET_KEY_OLD'),
  };
}

function isKms(key: Secret | null): boolean {
  return key?.reveal().startsWith(prefix) ?? false;
}

async function plainKey(key: Secret | null, variable: string): Promise<Secret | null> {
  if (key === null || !isKms(key)) return key;
  const ciphertext = Buffer.from(key.reveal().slice(prefix.length), 'base64');
  const { KMSClient, DecryptCommand } = await loadPackage(variable);
  const client = new KMSClient({});
  try {
    const answer = await client.send(new DecryptCommand({ CiphertextBlob: ciphertext }));
    return readPlaintext(decrypted.parse(answer).Plaintext);
  } catch (cause) {
    throw refused(variable, cause);
  } finally {
    client.destroy();
  }
}

/** A data key of KMS is 32 bytes as they are; what a person encrypted is their text. */
function readPlaintext(bytes: Uint8Array): Secret {
  const buffer = Buffer.from(bytes);
  return new Secret(buffer.toString(buffer.length === 32 ? 'base64' : 'utf8').trim());
}

async function loadPackage(variable: string): Promise<z.output<typeof kmsPackage>> {
  try {
    return kmsPackage.parse(await import(packageName));
  } catch (cause) {
    throw new AssayError(
      'KMS_CLIENT_MISSING',
      'refuse-to-start',
      `${variable} is a ciphertext of AWS KMS, and the package ${packageName} is not installed.`,
      `Install it beside Assay (npm install ${packageName}), or give the key itself.`,
      { cause },
    );
  }
}

function refused(variable: string, cause: unknown): AssayError {
  const name = cause instanceof Error ? cause.name : 'unreadable answer';
  return new AssayError(
    'KMS_REFUSED',
    'refuse-to-start',
    `AWS KMS does not decrypt ${variable}: ${name}`,
    'Look whether this role may kms:Decrypt with that key, whether AWS_REGION is the key’s region, and whether the ciphertext is whole.',
    { cause },
  );
}
