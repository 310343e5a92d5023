import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import { pullConnection } from '../../src/run/run-connection.ts';
import { openTwoCrms, type TwoCrms } from '../e2e/two-crms.ts';
import { openWorkbench, type Workbench } from '../run/workbench.ts';

/** What stands between Assay and a CRM, and keeps what is asked for. */
type Ear = {
  readonly url: string;
  readonly heard: { readonly url: URL; readonly body: string }[];
  target: string;
  readonly close: () => Promise<void>;
};

let toClose: { readonly close: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const one of toClose.toReversed()) await one.close();
  toClose = [];
});

async function listen(): Promise<Ear> {
  const heard: Ear['heard'] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      const body = Buffer.concat(parts);
      const url = new URL(request.url ?? '/', ear.target);
      heard.push({ url, body: body.toString() });
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers))
        if (typeof value === 'string' && !hopByHop.has(name)) headers.set(name, value);
      const method = request.method ?? 'GET';
      const answer = await fetch(url, { method, headers, ...(body.length > 0 && { body }) });
      const kept = [...answer.headers].filter(([name]) => !hopByHop.has(name));
      response.writeHead(answer.status, Object.fromEntries(kept));
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  const ear: Ear = { url: `http://127.0.0.1:${port}`, heard, target: '', close };
  toClose.push(ear);
  return ear;
}

const hopByHop = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'content-encoding',
]);

function add(asked: Map<string, Set<string>>, object: string, names: readonly string[]): void {
  const known = asked.get(object) ?? new Set<string>();
  for (const name of names) known.add(name.trim());
  asked.set(object, known);
}

function namesIn(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : text.split(',');
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null
        ? Object.entries(part).find(([name]) => name === key)?.[1]
        : undefined,
    value,
  );
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Properties of records that HubSpot was asked for, by object. */
function askedOfHubSpot({ heard }: Ear): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>();
  for (const { url, body } of heard) {
    const object = /\/objects\/(?:[\d-]+\/)?(contacts|deals)/.exec(url.pathname)?.[1];
    if (object === undefined) continue;
    add(
      asked,
      object,
      url.searchParams.getAll('properties').flatMap((names) => namesIn(names)),
    );
    add(asked, object, texts(at(jsonOf(body), 'properties')));
  }
  return asked;
}

/** Fields of records that Zoho was asked for, by module: listings, COQL, bulk reads. */
function askedOfZoho({ heard }: Ear): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>();
  for (const { url, body } of heard) {
    const json = jsonOf(body);
    const query = at(json, 'select_query');
    const [, columns = '', from = ''] = /^select (.*?) from (\w+)/i.exec(String(query)) ?? [];
    if (from !== '') add(asked, from, columns.split(','));
    const module = at(json, 'query', 'module', 'api_name');
    if (typeof module === 'string') add(asked, module, texts(at(json, 'query', 'fields')));
    const listed = /\/crm\/v\d+\/(Contacts|Deals)(?:\/|$)/.exec(url.pathname)?.[1];
    if (listed !== undefined) add(asked, listed, namesIn(url.searchParams.get('fields')));
  }
  return asked;
}

async function hubSpotAsks(fields: object): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const ear = await listen();
  const bench: Workbench = await openWorkbench({
    ...{ contacts: 12, deals: 24, settings: { baseUrl: ear.url, fields } },
  });
  toClose.push(bench);
  ear.target = bench.sandbox.url;
  await bench.connected((ctx) => pullConnection(ctx, { full: true }));
  bench.settle();
  await bench.connected((ctx) => pullConnection(ctx, { full: false }));
  await bench.connected((ctx) =>
    ctx.connector.readRecords({ customers: ['1'], deals: ['1'] }, ctx.signal),
  );
  return askedOfHubSpot(ear);
}

it('HubSpot is asked for what is mapped, for what is ours, and for nothing else', async () => {
  const asked = await hubSpotAsks({});
  const contacts = [...(asked.get('contacts') ?? [])].filter((name) => !name.startsWith('assay_'));
  expect(contacts.toSorted()).toEqual([
    ...['birthday', 'country', 'email', 'events_attended', 'events_invited', 'external_id'],
    ...['feedback_count', 'firstname', 'hs_calculated_merged_vids', 'hs_merged_object_ids'],
    ...['hs_object_id', 'lastname', 'phone', 'referred_by'],
  ]);
  expect([...(asked.get('deals') ?? [])].toSorted()).toEqual(dealsOfHubSpot);
});

it('HubSpot is asked for one more when one more is mapped', async () => {
  const asked = await hubSpotAsks({ attributes: { industry: 'industry' } });
  const contacts = [...(asked.get('contacts') ?? [])].filter((name) => !name.startsWith('assay_'));
  expect(contacts).toContain('industry');
  expect(contacts).toHaveLength(15);
});

it('Zoho is asked for what is mapped, for what is ours, and for nothing else', async () => {
  const ear = await listen();
  const world = generatedWorld({ contacts: 12, deals: 24, seed: 11, until: '2026-11-01' });
  const urls = { accountsUrl: ear.url, apiUrl: ear.url, contentUrl: ear.url };
  const crms: TwoCrms = await openTwoCrms(world, { zoho: { settings: urls } });
  toClose.push(crms);
  ear.target = crms.sandboxes.zoho.url;
  await crms.pull('zoho');
  await crms.pull('zoho');
  const asked = askedOfZoho(ear);
  const contacts = [...(asked.get('Contacts') ?? [])].filter((name) => !/^assay/i.test(name));
  expect(contacts.toSorted()).toEqual([
    ...['Created_Time', 'Date_of_Birth', 'Email', 'Events_Attended', 'Events_Invited'],
    ...['External_Id', 'Feedback_Count', 'First_Name', 'Last_Name', 'Mailing_Country'],
    ...['Modified_Time', 'Phone', 'Referred_By', 'count(id)', 'id'],
  ]);
  expect([...(asked.get('Deals') ?? [])].toSorted()).toEqual(dealsOfZoho);
});

const dealsOfHubSpot: readonly string[] = [
  ...['amount', 'amount_in_home_currency', 'closedate', 'deal_currency_code', 'dealstage'],
  ...['discount_amount', 'due_date', 'hs_is_closed', 'hs_is_closed_won', 'hs_merged_object_ids'],
  ...['hs_object_id', 'invoice_number', 'paid_date', 'products'],
];

const dealsOfZoho: readonly string[] = [
  ...['Amount', 'Closing_Date', 'Contact_Name', 'Created_Time', 'Currency', 'Discount_Amount'],
  ...['Due_Date', 'Exchange_Rate', 'Invoice_Number', 'Modified_Time', 'Paid_Date', 'Products'],
  ...['Stage', 'count(id)', 'id'],
];
