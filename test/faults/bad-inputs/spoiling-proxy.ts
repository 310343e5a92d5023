import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { endpointOf } from '../../../src/connector/http/endpoint-of.ts';
import { closed, listen } from './listen.ts';
import type { Heard, RawAnswer } from './raw-answer.ts';

/** One call that came by. */
export type Passing = {
  /** As `endpointOf` counts it. */
  readonly kind: string;
  /** From 1, of those of its kind. */
  readonly nth: number;
  readonly authorization: string;
};

/** What is said in place of an answer; `null`: what is heard. Who never hears keeps the call from the CRM. */
export type Spoil = (passing: Passing, hear: () => Promise<Heard>) => Promise<RawAnswer | null>;

export type SpoilingProxy = {
  readonly url: string;
  /** How often each kind of call came by. */
  readonly kinds: () => ReadonlyMap<string, number>;
  /** All that nobody may repeat: tokens and addresses of people that came by. */
  readonly secrets: () => ReadonlySet<string>;
  readonly close: () => Promise<void>;
};

/** Stands between a connector and its CRM, and passes on whatever it likes. */
export async function openProxy(target: string, spoil: Spoil): Promise<SpoilingProxy> {
  const agent = new Agent({ keepAlive: true });
  const kinds = new Map<string, number>();
  const secrets = new Set<string>();
  const listening = createServer((req, res) => {
    const kind = endpointOf(`${req.method} ${req.url}`);
    const nth = (kinds.get(kind) ?? 0) + 1;
    kinds.set(kind, nth);
    const { authorization = '' } = req.headers;
    if (authorization !== '') secrets.add(authorization.split(' ').at(-1) ?? '');
    const hear = once(async () => {
      const heard = await heardFrom(target, agent, req);
      for (const each of personal(heard)) secrets.add(each);
      return heard;
    });
    const answer = async () => {
      const said = await spoil({ kind, nth, authorization }, hear);
      req.resume();
      if (said !== null) return say(req.socket, said);
      const { status, headers, body } = await hear();
      res.writeHead(status, headers.flat()).end(body);
    };
    answer().catch(() => req.socket.destroy());
  });
  listening.keepAliveTimeout = 60_000;
  return {
    url: await listen(listening),
    kinds: () => kinds,
    secrets: () => secrets,
    close: async () => {
      agent.destroy();
      await closed(listening);
    },
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask();
    return asked;
  };
}

/** Tokens that an answer gives out, and whose addresses are in it. */
function personal({ headers, body }: Heard): readonly string[] {
  if (!headers.some(([, value]) => value.includes('json'))) return [];
  const text = body.toString();
  const tokens = [...text.matchAll(/"(?:access|refresh)_token":"([^"]+)"/g)];
  const addresses = [...text.matchAll(/[\w.+-]+@[\w-]+\.[\w.-]+/g)];
  return [...tokens.map(([, token = '']) => token), ...addresses.map(([address]) => address)];
}

async function heardFrom(target: string, agent: Agent, req: IncomingMessage): Promise<Heard> {
  const { method, headers } = req;
  return await new Promise<Heard>((resolve, reject) => {
    const asked = request(`${target}${req.url}`, { agent, method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const { statusCode: status = 0, rawHeaders } = answer;
        resolve({ status, headers: pairs(rawHeaders), body: Buffer.concat(parts) });
      });
    });
    asked.on('error', reject);
    req.pipe(asked);
  });
}

const ofTheLine: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding']);

function pairs(raw: readonly string[]): Heard['headers'] {
  return raw.flatMap((name, at) =>
    at % 2 === 0 && !ofTheLine.has(name.toLowerCase()) ? [[name, raw[at + 1] ?? ''] as const] : [],
  );
}

const dripMs = 100;

function say(socket: Socket, { bytes, after }: RawAnswer): void {
  socket.on('error', () => undefined);
  socket.write(bytes, () => {
    if (after === 'end') socket.end();
    if (after === 'reset') socket.resetAndDestroy();
    if (after !== 'drip') return;
    const timer = setInterval(() => socket.write(' '), dripMs);
    socket.on('close', () => clearInterval(timer));
  });
}
