import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { withPlainKeys } from '../../src/config/kms-key.ts';
import { secretsFrom } from '../../src/config/secrets.ts';
import { Secret } from '../../src/lib/secret.ts';

const isInstalled = (() => {
  try {
    createRequire(import.meta.url).resolve('@aws-sdk/client-kms');
    return true;
  } catch {
    return false;
  }
})();

const closing: (() => void)[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) close();
});

function configWith(secretKey: string | null, secretKeyOld: string | null = null): Config {
  const secret = (text: string | null) => (text === null ? null : new Secret(text));
  return {
    ...{ store: { kind: 'folder', folder: 'x' }, connections: [], policyFile: 'x' },
    ...{
      secretKey: secret(secretKey),
      secretKeyOld: secret(secretKeyOld),
      secrets: secretsFrom({}),
    },
  };
}

/** A KMS on loopback that opens what `sealed` names, and nothing else. */
async function startKms(sealed: ReadonlyMap<string, Buffer>): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { CiphertextBlob } = JSON.parse(Buffer.concat(chunks).toString());
    asked.push(`${request.headers['x-amz-target']}`);
    const plain = sealed.get(CiphertextBlob);
    response.writeHead(plain === undefined ? 400 : 200, {
      'content-type': 'application/x-amz-json-1.1',
    });
    const refusal = { __type: 'InvalidCiphertextException' };
    response.end(JSON.stringify(plain ? { Plaintext: plain.toString('base64') } : refusal));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was bound');
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', `http://127.0.0.1:${address.port}`);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  return asked;
}

describe('a key', () => {
  it('that is one stays as it is, and none stays none', async () => {
    const config = configWith('0123456789abcdef'.repeat(4));
    expect(await withPlainKeys(config)).toBe(config);
    const without = configWith(null);
    expect(await withPlainKeys(without)).toBe(without);
  });

  it.skipIf(isInstalled)('of KMS is refused without KMS’s client, by what to install', async () => {
    await expect(withPlainKeys(configWith('kms:AQIDAHh'))).rejects.toMatchObject({
      ...{ code: 'KMS_CLIENT_MISSING', disposition: 'refuse-to-start' },
      todo: expect.stringContaining('@aws-sdk/client-kms'),
    });
  });
});

describe.skipIf(!isInstalled)(
  'a key of KMS (skipped: @aws-sdk/client-kms is not installed)',
  () => {
    it('is decrypted at the start, as a data key and as a person’s text', async () => {
      const key = randomBytes(32);
      const blob = Buffer.from('sealed data key').toString('base64');
      const text = Buffer.from('sealed text').toString('base64');
      const asked = await startKms(
        new Map([
          [blob, key],
          [text, Buffer.from(`${key.toString('hex')}\n`)],
        ]),
      );
      const config = await withPlainKeys(configWith(`kms:${blob}`, `kms:${text}`));
      expect(config.secretKey?.reveal()).toBe(key.toString('base64'));
      expect(config.secretKeyOld?.reveal()).toBe(key.toString('hex'));
      expect(asked).toEqual(['TrentService.Decrypt', 'TrentService.Decrypt']);
    });

    it('that KMS does not open is refused with KMS’s word, and not shown', async () => {
      await startKms(new Map());
      const refused = withPlainKeys(configWith('kms:c29tZXRoaW5nIGVsc2U='));
      await expect(refused).rejects.toMatchObject({
        ...{ code: 'KMS_REFUSED', disposition: 'refuse-to-start' },
        message: expect.stringMatching(/InvalidCiphertext/),
      });
      await expect(refused).rejects.not.toThrow('c29tZXRoaW5n');
    });
  },
);
