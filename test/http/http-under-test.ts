import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../../src/app.ts';
import type { Config, ConnectionConfig } from '../../src/config/config.ts';
import { secretsFrom } from '../../src/config/secrets.ts';
import { httpInputOf } from '../../src/http/app-input.ts';
import { httpApp } from '../../src/http/http-app.ts';
import type { HttpEvent, HttpInput } from '../../src/http/http-input.ts';
import { listen } from '../../src/http/listen.ts';
import { memoryQueue } from '../../src/jobs/memory-queue.ts';
import { defaultRetryRules } from '../../src/jobs/verdict.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { LogFacts, Logger } from '../../src/lib/logger.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { Secret } from '../../src/lib/secret.ts';
import { policy } from '../score/default-policy.ts';
import { emptyStore } from '../store/empty-store.ts';

export const clientSecret = 'client-secret-of-the-app';
export const key = new Secret('00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');

type Line = { readonly event: string; readonly facts: LogFacts };

/** The HTTP app on a real store, with what it logged and told. */
export type HttpUnderTest = {
  readonly url: string;
  readonly app: App;
  readonly lines: readonly Line[];
  readonly events: readonly HttpEvent[];
  readonly queue: HttpInput['queue'];
  /** All that waits for the connection, as `kind object id`. */
  readonly waiting: (connection: string) => Promise<readonly string[]>;
  readonly hintsOf: (connection: string) => Promise<number>;
  /** Forgets every hint. */
  readonly empty: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type Setup = {
  readonly connections?: readonly Pick<ConnectionConfig, 'id' | 'crm' | 'settings'>[];
  /** CRM and account by connection. */
  readonly accounts?: Readonly<Record<string, string>>;
  readonly publicUrl?: string;
  readonly input?: Partial<HttpInput>;
  readonly secretKey?: Secret | null;
  readonly secretKeyOld?: Secret;
};

export const hubspotSettings = { token: 'TOKEN', webhooks: { clientSecretEnv: 'SECRET' } };
export const zohoSettings = {
  auth: { clientIdEnv: 'TOKEN', clientSecretEnv: 'TOKEN', refreshTokenEnv: 'TOKEN' },
};

export async function startHttp(setup: Setup = {}): Promise<HttpUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-http-'));
  await emptyStore(folder);
  const config = configOf(folder, setup);
  const app = await openApp({ config, policy, clock: systemClock, log: silentLogger });
  for (const [connection, accountId] of Object.entries(setup.accounts ?? {}))
    await app.store.connections.bind(connection, { crm: 'hubspot', accountId, subject: 'contact' });
  const [lines, events]: [Line[], HttpEvent[]] = [[], []];
  const log = keeping(lines);
  const queue = memoryQueue({ rules: defaultRetryRules, clock: systemClock, log });
  const observe = (event: HttpEvent) => void events.push(event);
  const input = {
    ...httpInputOf(app, { queue, clock: systemClock, log, observe }),
    ...setup.input,
  };
  const { url, close } = await listen(httpApp(input), { host: '127.0.0.1', port: 0 });
  const ready = (connection: string) =>
    app.store.inbox.ready(connection, {
      ...{ now: new Date(Date.now() + 60_000).toISOString(), debounceMs: 0, maxWaitMs: 0 },
      limit: 100_000,
    });
  return {
    ...{ url, app, lines, events, queue },
    waiting: async (connection) =>
      (await ready(connection)).map(
        ({ object, id, kinds }) => `${kinds.join('+')} ${object} ${id}`,
      ),
    hintsOf: async (connection) =>
      (await ready(connection)).reduce((sum, { hints }) => sum + hints, 0),
    empty: async () => {
      await app.store.inbox.purge('2999-01-01T00:00:00.000Z');
      lines.length = 0;
      events.length = 0;
    },
    close: async () => {
      await close(100);
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configOf(
  folder: string,
  { connections, publicUrl, secretKey = key, secretKeyOld }: Setup,
): Config {
  const all = connections ?? [{ id: 'main', crm: 'hubspot', settings: hubspotSettings }];
  return {
    store: { kind: 'folder', folder },
    connections: all.map((each) => ({
      ...{ subject: 'contact', attribution: 'split', language: 'en', ...each },
    })),
    ...(secretKeyOld !== undefined && { secretKeyOld }),
    ...{ policyFile: '', secretKey, publicUrl: publicUrl ?? null },
    secrets: secretsFrom({ TOKEN: 'token', SECRET: clientSecret }),
  };
}

function keeping(lines: Line[]): Logger {
  const keep = (facts: LogFacts, event: string) => void lines.push({ facts, event });
  return { debug: keep, info: keep, warn: keep, error: keep };
}

/** One event of HubSpot's. */
export function anEvent(values: object = {}) {
  return {
    ...{ eventId: 1, subscriptionId: 2, portalId: 4711, occurredAt: Date.now(), objectId: 7 },
    ...{ subscriptionType: 'deal.propertyChange', propertyName: 'dealstage', propertyValue: 'won' },
    ...values,
  };
}

/** A delivery as HubSpot signs it. */
export function deliver(
  to: string,
  body: string,
  { secret = clientSecret, signedUrl = to, headers = {} } = {},
): Promise<Response> {
  const time = String(Date.now());
  const signature = createHmac('sha256', secret).update(`POST${signedUrl}${body}${time}`);
  return fetch(to, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'x-hubspot-request-timestamp': time },
      ...{ 'x-hubspot-signature-v3': signature.digest('base64'), ...headers },
    },
    body,
  });
}
