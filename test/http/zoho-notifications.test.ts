import { afterAll, afterEach, expect, it } from 'vitest';
import type { Connector } from '../../src/connector/connector.ts';
import { webhookAddress } from '../../src/connector/webhook-address.ts';
import { startOrg } from '../connectors/zoho/org-under-test.ts';
import { type HttpUnderTest, key, startHttp, zohoSettings } from './http-under-test.ts';

let shared: HttpUnderTest | undefined;
const open: { close(): Promise<void> }[] = [];
const signal = new AbortController().signal;
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  await shared?.app.channels('main').save([]);
  await shared?.empty();
});
afterAll(async () => await shared?.close());

async function start() {
  shared ??= await startHttp({
    connections: [{ id: 'main', crm: 'zoho', settings: zohoSettings }],
  });
  const http = shared;
  const org = await startOrg({ contacts: 20, deals: 20, sandbox: { watch: { gatherMs: 2 } } });
  open.unshift(org);
  const at = { connection: 'main', proof: 'channel', publicUrl: http.url, key } as const;
  const url = webhookAddress(at) ?? '';
  const channels = http.app.channels('main');
  const ensure = async (connector: Connector) => {
    const known = await channels.load();
    await channels.save((await connector.channels?.ensure({ url, known }, signal)) ?? []);
  };
  return { http, org, url, channels, ensure, emitter: org.sandbox.emitter };
}

it('what Zoho tells through our channels waits in the inbox', async () => {
  const { http, org, ensure, emitter } = await start();
  await ensure(org.open());
  const [contact = ''] = org.liveIds('customers');
  const [deal = '', second = ''] = org.liveIds('deals');
  await org.edit('customers', contact);
  await org.edit('deals', deal);
  await org.archive('deals', second);
  await emitter.settle();
  expect((await http.waiting('main')).toSorted()).toEqual([
    ...[`changed customers ${contact}`, `changed deals ${deal}`, `removed deals ${second}`],
  ]);
  expect(await http.queue.depth()).toMatchObject({ waiting: 1 });
  expect(emitter.report()).toMatchObject({ refused: 0 });
});

it('our own writes are not told', async () => {
  const { http, org, ensure, emitter } = await start();
  await ensure(org.open());
  const [id = ''] = org.liveIds('customers');
  org.sandbox.org.records.Contacts.change(id, { values: { Assay_Tier: 'gold' } });
  await emitter.settle();
  expect(await http.waiting('main')).toEqual([]);
});

it('channels made anew are known by their new token at once', async () => {
  const { http, org, ensure, channels, emitter } = await start();
  const [first = '', second = ''] = org.liveIds('deals');
  await ensure(org.open());
  await org.edit('deals', first);
  await emitter.settle();
  await channels.save([]);
  await ensure(org.open());
  await org.edit('deals', second);
  await emitter.settle();
  expect(await http.waiting('main')).toContain(`changed deals ${second}`);
});

it('neither path nor token alone is enough', async () => {
  const { http, org, ensure, url, channels } = await start();
  await ensure(org.open());
  const [channel] = await channels.load();
  const body = { module: 'Deals', ids: ['1'], operation: 'update' };
  const post = (to: string, token: string | undefined) =>
    fetch(to, { method: 'POST', body: JSON.stringify({ ...body, token }) });
  const token = channel?.token.reveal();
  const paths = [`${http.url}/webhooks/main`, `${url}x`, url.slice(0, -1), `${url}/more`];
  for (const path of paths) expect((await post(path, token)).status).toBe(404);
  expect((await post(url, 'guessed')).status).toBe(401);
  expect(await http.waiting('main')).toEqual([]);
  expect((await post(url, token)).status).toBe(200);
});
