import { expect, it, onTestFinished } from 'vitest';
import { pathSecret } from '../../src/connector/webhook-address.ts';
import { Secret } from '../../src/lib/secret.ts';
import { key, startHttp, zohoSettings } from './http-under-test.ts';

const next = new Secret('ff'.repeat(32));
const connections = [{ id: 'east', crm: 'zoho', settings: zohoSettings }];

async function statusAt(secretKeyOld: Secret | null, made: Secret): Promise<number> {
  const old = secretKeyOld === null ? {} : { secretKeyOld };
  const { url, close } = await startHttp({ connections, secretKey: next, ...old });
  onTestFinished(close);
  const secret = pathSecret(made, 'east').reveal();
  return (await fetch(`${url}/webhooks/east/${secret}`, { method: 'POST', body: '{}' })).status;
}

it('while keys are changed, the address made of the old one is still served', async () => {
  const served = await statusAt(null, next);
  expect(served).not.toBe(404);
  expect(await statusAt(key, next)).toBe(served);
  expect(await statusAt(key, key)).toBe(served);
  expect(await statusAt(null, key)).toBe(404);
  expect(await statusAt(key, new Secret('ee'.repeat(32)))).toBe(404);
});
