import type { Buffer } from 'node:buffer';
import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from '../../../sandbox/kit/listen.ts';

/** One thing that changed a sandbox: a call of ours, what people did in it, or that time passed. */
export type Take =
  | { readonly kind: 'call'; readonly at: number; readonly call: RecordedCall }
  | { readonly kind: 'deeds'; readonly at: number; readonly name: string }
  | { readonly kind: 'time'; readonly at: number };

type RecordedCall = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** All that made a sandbox what it is; played to a new one, that is the same. */
export type Tape = readonly Take[];

/** Calls that only read, or hand out tokens of no use to another sandbox. */
const leavesNothing = /\/search$|\/batch\/read$|\/coql$|\/oauth\//;

/** A look at a job of Zoho's is when it goes on. */
const goesOn = /\/bulk\/v8\/write\/\d+$/;

/** Without these a call is another one. */
const kept = ['content-type', 'feature', 'x-crm-org'] as const;

/** Between two calls, by the sandbox's clock, so that a life has the same times whenever it is lived. */
const tickMs = 20;

export type Recorder = { readonly url: string; readonly close: () => Promise<void> };

type Recording = {
  readonly target: string;
  readonly now: () => number;
  readonly tick: (ms: number) => void;
  readonly take: (take: Take) => void;
};

/** Stands before a sandbox and takes down what changes it. */
export async function startRecorder(recording: Recording): Promise<Recorder> {
  const agent = new Agent({ keepAlive: true });
  const server = await listenOnLoopback((req, res) => {
    pass(recording, agent, req, res).catch(() => res.destroy());
  }, 0);
  const close = async () => {
    agent.destroy();
    await server.close();
  };
  return { url: server.url, close };
}

async function pass(
  { target, now, tick, take }: Recording,
  agent: Agent,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const body = await buffer(req);
  tick(tickMs);
  const { method = 'GET', url: path = '/', headers } = req;
  const [bare = ''] = path.split('?');
  if (method === 'GET' ? goesOn.test(bare) : !leavesNothing.test(bare))
    take({ kind: 'call', at: now(), call: { method, path, headers: keptOf(headers), body } });
  await new Promise<void>((resolve, reject) => {
    const sent = request(`${target}${path}`, { method, headers, agent }, (answer) => {
      res.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(res);
      answer.once('end', resolve).once('error', reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

function keptOf(headers: IncomingHttpHeaders): RecordedCall['headers'] {
  const found = kept.map((name) => [name, headers[name]] as const);
  return Object.fromEntries(
    found.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

type Player = {
  readonly target: string;
  /** The whole header. */
  readonly authorization: string;
  readonly setClock: (at: number) => void;
  readonly act: (name: string) => void;
};

/** Makes a new sandbox what the recorded one was. */
export async function play(
  tape: Tape,
  { target, authorization, setClock, act }: Player,
): Promise<void> {
  for (const one of tape) {
    setClock(one.at);
    if (one.kind === 'deeds') act(one.name);
    if (one.kind === 'call') await again(one.call, target, authorization);
  }
}

async function again(
  { method, path, headers: kept, body }: RecordedCall,
  target: string,
  authorization: string,
): Promise<void> {
  const headers = { authorization, ...kept };
  const sent = body.length === 0 ? {} : { body: new Uint8Array(body) };
  const answer = await fetch(`${target}${path}`, { method, headers, ...sent });
  await answer.arrayBuffer();
}
