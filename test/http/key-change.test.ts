import { expect, it, onTestFinished } from 'vitest';
import { pathSecret } from '../../src/connector/webhook-address.ts';
import { Secret } from '../../src/lib/secret.ts';
import { key, startHttp, zohoSettings } from './http-under-test.ts';

const next = new Secret('ff'.repeat(32));
const connections = [{ id: 'east', crm: 'zoho', settings: zohoSettings }];

async function served(old: { readonly secretKeyOld?: Secret }) {
  const { url, close } = await startHttp({ connections, secretKey: next, ...old });
  onTestFinished(close);
  return async (made: Secret) => {
    const address = `${url}/webhooks/east/${pathSecret(made, 'east').reveal()}`;
    return (await fetch(address, { method: 'POST', body: '{}' })).status;
  };
}

it('while keys are changed, the address made of the old one is still served', async () => {
  const during = await served({ secretKeyOld: key });
  const known = await during(next);
  expect(known).not.toBe(404);
  expect(await during(key)).toBe(known);
  expect(await during(new Secret('ee'.repeat(32)))).toBe(404);
  const afterwards = await served({});
  expect(await afterwards(next)).toBe(known);
  expect(await afterwards(key)).toBe(404);
});
