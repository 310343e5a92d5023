import { createServer } from 'node:http';
import { openDesk } from '../faults/desk.ts';
import type { Ground } from '../faults/ground.ts';
import { type Lived, live } from '../faults/life.ts';
import { auditRows, lookIntoStore, type StoreLook } from '../faults/one-store.ts';
import type { Tenant } from '../faults/tenant.ts';
import { closed, listen } from './listen.ts';
import { openProxy, type Spoil } from './spoiling-proxy.ts';
import { canary } from './wire-way.ts';

/** A life behind a proxy, and what it left. */
export type Behind = Lived & {
  readonly portal: Readonly<Record<string, unknown>>;
  readonly store: StoreLook;
  /** How often each kind of call was made. */
  readonly kinds: ReadonlyMap<string, number>;
  /** Something that must not be said, or went where nothing of ours may; `null`: nothing. */
  readonly leaked: string | null;
};

type BehindInput = {
  readonly ground: Ground;
  readonly open: () => Promise<Tenant>;
  readonly spoil: (elsewhere: string) => Spoil;
  readonly signal: AbortSignal;
};

/** Lives between a connector and its CRM, until nothing is spoilt any more and everything was read again. */
export async function liveBehind({ ground, open, spoil, signal }: BehindInput): Promise<Behind> {
  const [tenant, store, strange] = [await open(), await ground.store(), await openStranger()];
  const told = spoil(strange.url);
  let isHonest = false;
  const target = addressOf(tenant);
  const proxy = await openProxy(target, (...heard) =>
    isHonest ? Promise.resolve(null) : told(...heard),
  );
  const settings = JSON.parse(JSON.stringify(tenant.settings).replaceAll(target, proxy.url));
  const spare = () => {
    isHonest = true;
  };
  try {
    const desk = await openDesk({ ...tenant, settings, spare }, store.url, signal);
    try {
      const lived = await live(desk, signal, true);
      const said = [...desk.said, ...lived.stops.map((each) => JSON.stringify(each))];
      const secrets = [canary, ...proxy.secrets(), ...Object.values(tenant.secrets).slice(1)];
      const all = [...said, ...(await auditRows(store.url)), lived.died ?? ''];
      const portal = tenant.picture();
      const kinds = proxy.kinds();
      const leaked = leakedIn(all, secrets) ?? leakedIn(strange.heard, secrets);
      return { ...lived, portal, kinds, leaked, store: await lookIntoStore(store.url) };
    } finally {
      await desk.close();
    }
  } finally {
    await proxy.close();
    await strange.close();
    await tenant.close();
    await store.remove();
  }
}

function addressOf({ settings }: Tenant): string {
  const address = settings['baseUrl'] ?? settings['apiUrl'];
  if (typeof address !== 'string') throw new RangeError('The settings of a tenant say where it is');
  return address;
}

type Stranger = {
  readonly url: string;
  readonly heard: readonly string[];
  readonly close: () => Promise<void>;
};

/** Where a redirect may lead, and nothing of ours. */
async function openStranger(): Promise<Stranger> {
  const heard: string[] = [];
  const server = createServer((req, res) => {
    let text = `${req.method} ${req.url} ${JSON.stringify(req.headers)} `;
    req.on('data', (part: Buffer) => {
      text += part;
    });
    req.on('end', () => {
      heard.push(`to a stranger: ${text}`);
      res.setHeader('content-type', 'application/json').end('{"results":[],"data":[]}');
    });
  });
  const url = await listen(server);
  return { url, heard, close: () => closed(server) };
}

function leakedIn(said: readonly string[], secrets: readonly string[]): string | null {
  for (const text of said)
    for (const secret of secrets)
      if (secret.length > 5 && text.includes(secret))
        return `said ${secret}: ${around(text, secret)}`;
  return null;
}

function around(text: string, secret: string): string {
  const at = text.indexOf(secret);
  return text.slice(Math.max(0, at - 200), at + secret.length + 60);
}
