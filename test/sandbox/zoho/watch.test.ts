import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startZohoSandbox } from '../../../sandbox/zoho/server.ts';
import type { WatchOptions } from '../../../sandbox/zoho/watch-emitter.ts';
import { callerOf } from './caller.ts';
import { addRecord } from './stored.ts';

const delivery = z.looseObject({
  module: z.string(),
  operation: z.string(),
  ids: z.array(z.string()),
  channel_id: z.string(),
});
type Delivery = z.output<typeof delivery>;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Whoever is told: keeps every body it gets. */
async function startReceiver() {
  const deliveries: Delivery[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      deliveries.push(delivery.parse(JSON.parse(Buffer.concat(chunks).toString())));
      res.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return { url: `http://127.0.0.1:${port}/secret-path`, deliveries };
}

async function startWatched(
  channel: Readonly<Record<string, unknown>>,
  watch: Partial<WatchOptions> = {},
) {
  const { url, deliveries } = await startReceiver();
  const sandbox = await startZohoSandbox({ watch: { gatherMs: 5, ...watch } });
  open.unshift(sandbox);
  const call = callerOf(sandbox.url, sandbox.token);
  const wanted = { channel_id: '1', notify_url: url, token: 'guess me', ...channel };
  const enable = () => call('POST', '/crm/v8/actions/watch', { watch: [wanted] });
  expect((await enable()).status).toBe(201);
  const told = async () => {
    await sandbox.emitter.settle();
    return deliveries;
  };
  return { sandbox, org: sandbox.org, call, enable, told };
}

describe('a notification', () => {
  it('names records, fields, channel and token, and values when they were asked for', async () => {
    const { org, call, told } = await startWatched({
      ...{ events: ['Contacts.edit'], return_affected_field_values: true },
    });
    const { id } = addRecord(org, 'Contacts', { Last_Name: 'One', Email: 'one@example.com' });
    await call('PUT', '/crm/v8/Contacts', { data: [{ id, Title: 'Head' }], trigger: [] });
    expect(await told()).toEqual([
      {
        server_time: expect.any(Number),
        module: 'Contacts',
        resource_uri: expect.stringMatching(/^http:\/\/127.0.0.1:\d+\/crm\/v8\/Contacts$/),
        ids: [id],
        operation: 'update',
        channel_id: '1',
        token: 'guess me',
        query_params: {},
        affected_fields: [{ [id]: ['Title'] }],
        affected_values: [{ record_id: id, values: { Title: 'Head' } }],
      },
    ]);
  });

  it('gathers a burst into bodies of a hundred', async () => {
    const { org, told } = await startWatched({ events: ['Contacts.all'] });
    for (let index = 0; index < 250; index += 1)
      addRecord(org, 'Contacts', { Last_Name: `Person ${index}` });
    const bodies = await told();
    expect(bodies.map(({ ids }) => ids.length)).toEqual([100, 100, 50]);
    expect(bodies.every(({ operation }) => operation === 'insert')).toBe(true);
  });

  it('is made for edits, deletions and what comes back from the recycle bin', async () => {
    const { org, call, told } = await startWatched({ events: ['Contacts.all'] });
    const { id } = addRecord(org, 'Contacts', { Last_Name: 'One' });
    await told();
    await call('DELETE', `/crm/v8/Contacts?ids=${id}`);
    await told();
    org.records.Contacts.restore(id, org.users.other.id);
    const words = (await told()).map(({ operation }) => operation);
    expect(words).toEqual(['insert', 'delete', 'insert']);
  });

  it('speaks the words of the document where that was asked for', async () => {
    const { org, told } = await startWatched({ events: ['Deals.create'] }, { words: 'written' });
    addRecord(org, 'Deals', { Deal_Name: 'Order', Stage: 'Closed Won' });
    expect((await told()).map(({ operation }) => operation)).toEqual(['create']);
  });

  it('is noise: a deal that changes tells of its contact too, unless switched off', async () => {
    for (const notify_on_related_action of [undefined, false]) {
      const { org, told } = await startWatched({
        ...{ events: ['Contacts.edit'], notify_on_related_action },
      });
      const contact = addRecord(org, 'Contacts', { Last_Name: 'Buyer' }).id;
      addRecord(org, 'Deals', { Deal_Name: 'Order', Contact_Name: contact });
      const noise = { module: 'Contacts', ids: [contact], affected_fields: [] };
      const expected = notify_on_related_action === false ? [] : [expect.objectContaining(noise)];
      expect(await told()).toEqual(expected);
    }
  });

  it('keeps to its conditions', async () => {
    const { org, told } = await startWatched({
      events: ['Deals.edit'],
      notification_condition: [
        {
          ...{ type: 'field_selection', module: { api_name: 'Deals' } },
          field_selection: {
            group_operator: 'or',
            group: [{ field: { api_name: 'Stage' } }, { field: { api_name: 'Amount' } }],
          },
        },
      ],
    });
    const quiet = addRecord(org, 'Deals', { Deal_Name: 'Quiet', Amount: 1 }).id;
    const loud = addRecord(org, 'Deals', { Deal_Name: 'Loud', Amount: 1 }).id;
    org.records.Deals.change(quiet, { values: { Next_Step: 'Call' } });
    org.records.Deals.change(loud, { values: { Amount: 2 } });
    expect((await told()).flatMap(({ ids }) => ids)).toEqual([loud]);
  });
});

describe('delivery', () => {
  const tell = async (watch: Partial<WatchOptions>, count = 40) => {
    const { org, told } = await startWatched({ events: ['Contacts.create'] }, watch);
    const sent: string[] = [];
    for (let index = 0; index < count; index += 1) {
      sent.push(addRecord(org, 'Contacts', { Last_Name: `Person ${index}` }).id);
      await told();
    }
    return { sent, heard: (await told()).flatMap(({ ids }) => ids) };
  };

  it('loses, without a second try', async () => {
    const { sent, heard } = await tell({ losses: 0.5 });
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.length).toBeLessThan(sent.length);
    expect(new Set(heard).size).toBe(heard.length);
  });

  it('doubles', async () => {
    const { sent, heard } = await tell({ duplicates: 1 });
    expect(heard).toEqual(sent.flatMap((id) => [id, id]));
  });

  it('goes out of order', async () => {
    const { org, told } = await startWatched({ events: ['Contacts.create'] }, { reordering: 1 });
    for (let index = 0; index < 1_000; index += 1)
      addRecord(org, 'Contacts', { Last_Name: `Person ${index}` });
    const heard = (await told()).flatMap(({ ids }) => ids);
    expect(heard).not.toEqual(heard.toSorted());
    expect(new Set(heard).size).toBe(1_000);
  });
});

describe('a channel', () => {
  it('is silent once its hour is over, and speaks again when it is enabled again', async () => {
    const { sandbox, org, call, enable, told } = await startWatched({ events: ['Contacts.all'] });
    sandbox.clock.advance(3_600_001);
    addRecord(org, 'Contacts', { Last_Name: 'Unheard' });
    expect(await told()).toEqual([]);
    const listed = await call('GET', '/crm/v8/actions/watch');
    expect(listed).toMatchObject({ status: 400, body: { code: 'NOT_SUBSCRIBED' } });
    await enable();
    const { id } = addRecord(org, 'Contacts', { Last_Name: 'Heard' });
    expect(await told()).toMatchObject([{ ids: [id] }]);
  });

  it('lives a week at most', async () => {
    const { sandbox, call } = await startWatched({ events: ['Contacts.all'] });
    const week = 7 * 24 * 3_600_000;
    const renew = (ms: number) => {
      const channel_expiry = new Date(sandbox.clock.now() + ms).toISOString();
      return call('PATCH', '/crm/v8/actions/watch', {
        watch: [{ channel_id: '1', channel_expiry }],
      });
    };
    expect((await renew(week - 1_000)).status).toBe(200);
    expect(await renew(week + 60_000)).toMatchObject({
      status: 400,
      body: { watch: [{ code: 'INVALID_DATA', details: { api_name: 'channel_expiry' } }] },
    });
  });

  it('is replaced as a whole by PUT, in parts by PATCH, and nobody’s is neither', async () => {
    const { call } = await startWatched({ events: ['Contacts.all', 'Deals.all'] });
    const watch = '/crm/v8/actions/watch';
    const notify_url = 'http://127.0.0.1:9/other';
    await call('PUT', watch, { watch: [{ channel_id: '1', events: ['Deals.edit'], notify_url }] });
    const whole = await call('GET', watch);
    expect(whole.body).toMatchObject({ watch: [{ events: ['Deals.edit'], token: null }] });
    await call('PATCH', watch, { watch: [{ channel_id: '1', token: 'new' }] });
    expect((await call('GET', watch)).body).toMatchObject({
      watch: [{ events: ['Deals.edit'], token: 'new', notify_url }],
    });
    const nobody = await call('DELETE', `${watch}?channel_ids=1,2`);
    expect(nobody).toMatchObject({
      status: 207,
      body: { watch: [{ code: 'SUCCESS' }, { code: 'NOT_SUBSCRIBED' }] },
    });
  });

  it('goes to loopback only, with events that exist and a token that is not endless', async () => {
    const { call } = await startWatched({ events: ['Contacts.all'] });
    const base = { channel_id: '2', events: ['Deals.all'], notify_url: 'http://127.0.0.1:9' };
    const odd = [
      { ...base, notify_url: 'https://example.com' },
      { ...base, events: ['Deals.won'] },
      { ...base, token: 'x'.repeat(51) },
      { channel_id: '2', events: ['Deals.all'] },
    ];
    const { status, body } = await call('POST', '/crm/v8/actions/watch', { watch: odd });
    expect(status).toBe(400);
    const path = (name: string) => ({ details: { api_name: name } });
    expect(body).toMatchObject({
      watch: [path('notify_url'), path('events'), path('token'), path('notify_url')],
    });
    const many = { watch: Array(51).fill(base) };
    expect(await call('POST', '/crm/v8/actions/watch', many)).toMatchObject({
      ...{ status: 400, body: { code: 'LIMIT_EXCEEDED' } },
    });
  });
});
