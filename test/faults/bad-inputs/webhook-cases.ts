import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { webhookAddress } from '../../../src/connector/webhook-address.ts';
import { Secret } from '../../../src/lib/secret.ts';
import {
  anEvent,
  clientSecret,
  type HttpUnderTest,
  key,
  startHttp,
  zohoSettings,
} from '../../http/http-under-test.ts';
import type { Case, Outcome } from '../kit/part.ts';
import { type Chance, chanceOf } from './chance.ts';
import { oddBytes, spoiltJson } from './odd-values.ts';

const atOnce = 150;
const batches = 8;
const slowestMs = 60_000;
const channelToken = 'channel-token-4711';

/** A kind of delivery, each signed as it must be, whatever is in it. */
type Kind = {
  readonly name: string;
  readonly path: (http: HttpUnderTest) => string;
  readonly text: string;
  readonly proof: (body: Buffer, url: string) => Readonly<Record<string, string>>;
};

const events = JSON.stringify([anEvent(), anEvent({ eventId: 3, changeFlag: 'NEW' })]);
const notice = JSON.stringify({
  ...{ server_time: 1_700_000_000_000, module: 'Deals', operation: 'update', channel_id: '10' },
  ...{ query_params: {}, resource_uri: 'https://x/crm/v8/Deals', token: channelToken },
  ...{ ids: ['57257', '57258'], affected_fields: [{ 57257: ['Stage'] }], affected_values: [] },
});

const kinds: readonly Kind[] = [
  {
    ...{ name: 'hubspot-v3', text: events, path: () => '/webhooks/main' },
    proof: (body, url) => {
      const time = String(Date.now());
      const signed = createHmac('sha256', clientSecret).update(`POST${url}`);
      const signature = signed.update(body).update(time).digest('base64');
      return { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': time };
    },
  },
  {
    ...{ name: 'hubspot-v1', text: events, path: () => '/webhooks/main' },
    proof: (body) => ({
      'x-hubspot-signature-version': 'v1',
      'x-hubspot-signature': createHash('sha256').update(clientSecret).update(body).digest('hex'),
    }),
  },
  {
    ...{ name: 'zoho', text: notice, proof: () => ({}) },
    path: ({ url }) => {
      const at = { connection: 'org', proof: 'channel', publicUrl: url, key } as const;
      return new URL(webhookAddress(at) ?? '').pathname;
    },
  },
];

/** The HTTP app on a real store, with both CRMs' webhooks. */
export async function startTaker(): Promise<HttpUnderTest> {
  const endless = { perSecond: 1e9, burst: 1e9 };
  const http = await startHttp({
    connections: [
      {
        ...{ id: 'main', crm: 'hubspot' },
        settings: { token: 'TOKEN', webhooks: { clientSecretEnv: 'SECRET', v1: true } },
      },
      { id: 'org', crm: 'zoho', settings: zohoSettings },
    ],
    accounts: { main: '4711' },
    input: {
      limits: {
        ...{ body: 1_048_576, hints: 2_000, perAddress: endless, perConnection: endless },
      },
    },
  });
  const expiresAt = '2999-01-01T00:00:00.000Z';
  const channel = { id: '10', token: new Secret(channelToken), expiresAt };
  await http.app.channels('org').save([channel]);
  return http;
}

/** Deliveries whose bodies, headers and addresses are wrong in every way that chance finds. */
export function webhookCases(http: () => Promise<HttpUnderTest>, seed: number): readonly Case[] {
  return kinds.flatMap((kind) =>
    Array.from({ length: batches }, (_, batch): Case => {
      const id = `webhook/${kind.name}/${batch}`;
      return { id, run: async () => deliverMany(await http(), kind, chanceOf(seed, id)) };
    }),
  );
}

async function deliverMany(http: HttpUnderTest, kind: Kind, chance: Chance): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  try {
    for (let at = 0; at < atOnce; at += 1) {
      const { headers, body, url } = oddDelivery(http, kind, chance);
      const { status, text } = await post(agent, url, headers, body);
      const what = `${url.replace(http.url, '')} ${JSON.stringify(headers)}: ${body.toString().slice(0, 300)}`;
      if (status !== 200 && (status < 400 || status >= 500))
        return { status: 'crash', tried: at + 1, why: `answered ${status} ${text} to ${what}` };
      if (tellsTooMuch(text)) return { status: 'crash', tried: at + 1, why: `said ${text}` };
    }
    return await stillTakes(http, kind, agent);
  } finally {
    agent.destroy();
  }
}

function oddDelivery(http: HttpUnderTest, kind: Kind, chance: Chance) {
  const path = kind.path(http);
  const text = chance.is(0.8) ? spoiltJson(kind.text, chance) : kind.text;
  const body = oddBytes(text, chance);
  const url = `${http.url}${chance.is(0.1) ? oddPath(path, chance) : path}`;
  const proof = kind.proof(body, url);
  const headers = { 'content-type': 'application/json', ...proof };
  return { url, body, headers: chance.is(0.3) ? oddHeaders(headers, chance) : headers };
}

const oddHeaderValues = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    'NaN',
    'x'.repeat(4_000),
    '%00',
    '__proto__',
    '"',
    '\u00ff\u00fe',
  ],
  ...['gzip', 'application/x-www-form-urlencoded', 'text/html; charset=utf-7', '9'.repeat(30)],
] as const;

function oddHeaders(
  headers: Readonly<Record<string, string>>,
  chance: Chance,
): Readonly<Record<string, string>> {
  const name = chance.pick([
    ...Object.keys(headers),
    ...[
      'content-encoding',
      'x-forwarded-for',
      'x-forwarded-host',
      'host',
      'authorization',
      'cookie',
    ],
  ]);
  if (chance.is(0.2))
    return Object.fromEntries(Object.entries(headers).filter(([n]) => n !== name));
  return { ...headers, [name]: chance.pick(oddHeaderValues) };
}

function oddPath(path: string, chance: Chance): string {
  const odd = ['/..', '/%2e%2e', '/%', '/%ff', `/${'y'.repeat(3_000)}`, '?a=b', '//', '/__proto__'];
  if (chance.is(0.3)) return `/webhooks${chance.pick(odd)}`;
  return chance.is(0.5) ? `${path}${chance.pick(odd)}` : path.slice(0, -1 - chance.whole(4));
}

/** Whatever came before: a good one is taken. */
async function stillTakes(http: HttpUnderTest, kind: Kind, agent: Agent): Promise<Outcome> {
  const body = Buffer.from(kind.text);
  const url = `${http.url}${kind.path(http)}`;
  const { status, text } = await post(agent, url, kind.proof(body, url), body);
  if (status !== 200) return { status: 'crash', why: `takes nothing any more: ${status} ${text}` };
  const said = http.lines.map((line) => JSON.stringify(line)).find(tellsTooMuch);
  http.lines.slice(0, 0);
  if (said !== undefined) return { status: 'crash', tried: atOnce, why: `logged ${said}` };
  if (Object.hasOwn(Object.prototype, 'polluted')) return { status: 'crash', why: 'polluted' };
  return { status: 'equal', tried: atOnce + 1 };
}

function tellsTooMuch(text: string): boolean {
  return [clientSecret, channelToken, key.reveal(), '    at '].some((each) => text.includes(each));
}

type Answer = { readonly status: number; readonly text: string };

/** `fetch` would refuse to send much of this. */
async function post(
  agent: Agent,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const path = url.slice(url.indexOf(port) + port.length);
  return await new Promise<Answer>((resolve, reject) => {
    const call = request(
      { agent, hostname, port, path, method: 'POST', headers, timeout: slowestMs },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() });
        });
      },
    );
    call.on('timeout', () => call.destroy(new Error(`no answer within ${slowestMs} ms`)));
    call.on('error', reject);
    call.end(body);
  });
}
