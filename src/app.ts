import { connectors } from '../connectors/registry.ts';
import type { Config, ConnectionConfig } from './config/config.ts';
import type { Connector, ConnectorModule } from './connector/connector.ts';
import type { WebhookConnection } from './connector/webhooks.ts';
import { AssayError } from './domain/assay-error.ts';
import type { ConnectionId } from './domain/ids.ts';
import { type Population, populationOf } from './domain/population.ts';
import type { Progress } from './domain/progress.ts';
import { openQueue, type QueueChoice } from './jobs/open-queue.ts';
import { defaultRetryRules } from './jobs/verdict.ts';
import type { WorkQueue } from './jobs/work-queue.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/logger.ts';
import { Turns } from './lib/turns.ts';
import type { Policy } from './policy/schema.ts';
import type { RunContext } from './run/context.ts';
import { openStore } from './store/open-store.ts';
import { type SealedChannels, sealedChannels } from './store/sealed-channels.ts';
import { sealedCredentials } from './store/sealed-credentials.ts';
import type { Store } from './store/store.ts';

export type AppOptions = {
  readonly config: Config;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly log: Logger;
};

/** Where an entry shows progress and stops the work. */
export type Edge = { readonly progress: Progress; readonly signal: AbortSignal };

/** Everything, constructed; entries get it and nothing else. */
export type App = {
  readonly config: Config;
  readonly policy: Policy;
  readonly store: Store;
  /** @throws AssayError `CONNECTION_UNKNOWN`, `CRM_UNKNOWN`, `SETTINGS_INVALID`, `SECRET_MISSING`. */
  readonly openConnection: (id: ConnectionId, edge: Edge) => Promise<OpenConnection>;
  /**
   * Those whose CRM sends webhooks, with what verifies them.
   * @throws AssayError `CRM_UNKNOWN`, `SETTINGS_INVALID`, `SECRET_MISSING`.
   */
  readonly webhooks: () => readonly WebhookConnection[];
  /** Subscriptions that bring a connection its webhooks. @throws AssayError `SECRET_KEY_INVALID`. */
  readonly channels: (id: ConnectionId) => SealedChannels;
  /**
   * The work queue, opened by the first who asks and closed with the app.
   * @throws AssayError `QUEUE_UNAVAILABLE`.
   */
  readonly queue: () => Promise<WorkQueue>;
  readonly close: () => Promise<void>;
};

export type OpenConnection = {
  readonly context: RunContext;
  readonly close: () => Promise<void>;
};

/** Opens the store. Connections are opened one by one, and make no call before they are used. */
export async function openApp(options: AppOptions): Promise<App> {
  const { config, policy, clock } = options;
  const store = await openStore({
    databaseUrl: config.store.kind === 'server' ? config.store.url : null,
    folder: config.store.kind === 'folder' ? config.store.folder : '',
    clock,
  });
  const queue = openedOnce(() => openWorkQueue(options));
  return {
    config,
    policy,
    store,
    openConnection: async (id, edge) => openConnection(options, store, id, edge),
    webhooks: () => webhookConnections(config),
    channels: (id) => sealedChannels(store, id, { key: config.secretKey, log: options.log }),
    queue: queue.open,
    close: async () => {
      await queue.close();
      await store.close();
    },
  };
}

/** The work queue without the store, for whoever looks at it alone. */
export async function openWorkQueue({
  config,
  clock,
  log,
}: Pick<AppOptions, 'config' | 'clock' | 'log'>): Promise<WorkQueue> {
  return openQueue(queueChoice(config), { rules: defaultRetryRules, clock, log });
}

/** SQS where it is named, else the store's server, else this process alone (ADR 13). */
export function queueChoice({ sqs = null, store }: Config): QueueChoice {
  if (sqs !== null) return { kind: 'sqs', ...sqs };
  return store.kind === 'server'
    ? { kind: 'postgres', databaseUrl: store.url }
    : { kind: 'memory' };
}

/** An opening that failed is tried again by the next who asks. */
function openedOnce(open: () => Promise<WorkQueue>) {
  let opened: Promise<WorkQueue> | null = null;
  return {
    open: async () => {
      opened ??= open().catch((error: unknown) => {
        opened = null;
        throw error;
      });
      return await opened;
    },
    close: async () => (await opened)?.close(),
  };
}

async function openConnection(
  options: AppOptions,
  store: Store,
  id: ConnectionId,
  edge: Edge,
): Promise<OpenConnection> {
  const { config, policy, clock, log } = options;
  const settings = connectionNamed(config, id);
  const connector = openConnector(options, store, settings);
  const { subject, attribution, language } = settings;
  const population = populationFor(config, settings);
  const own = { connection: id, population, subject, attribution, language };
  return {
    context: { ...own, connector, store, policy, clock, log, turns: new Turns(), ...edge },
    close: async () => connector.close(),
  };
}

function populationFor({ connections, identity = [] }: Config, own: ConnectionConfig): Population {
  const group = identity.find((one) => one.connections.includes(own.id));
  return populationOf(own, connections, group);
}

function openConnector(
  { config, policy, clock, log }: AppOptions,
  store: Store,
  { id, crm, subject, settings }: ConnectionConfig,
): Connector {
  const connectorModule = moduleFor(crm, id);
  const names = connectorModule.secretNames(settings);
  return connectorModule.open({
    connection: id,
    subject,
    settings,
    fields: policy.fields,
    secrets: config.secrets.read([{ connection: id, names }]),
    credentials: sealedCredentials(store, id, { key: config.secretKey, clock, log }),
    quota: {
      usedSince: async (stretch) => store.connections.quotaUsedSince(id, stretch),
      add: async (stretch, spent) => store.connections.addQuota(id, stretch, spent),
    },
    fieldIds: {
      load: async () => store.connections.fieldIds(id),
      save: async (ids) => store.connections.saveFieldIds(id, ids),
    },
    stored: { dealsOf: async (customers) => store.records.dealsOf(id, customers) },
    clock,
    log,
  });
}

function webhookConnections({ connections, secrets }: Config): readonly WebhookConnection[] {
  const sending = connections.flatMap(({ id, crm, subject, settings }) => {
    const { webhooks: receiver } = moduleFor(crm, id);
    return receiver === null ? [] : [{ id, crm, subject, settings, receiver }];
  });
  const needs = sending.map(({ id, settings, receiver }) => ({
    ...{ connection: id, names: receiver.secretNames(settings) },
  }));
  const found = secrets.read(needs);
  return sending.map(({ id, crm, subject, settings, receiver }) => ({
    ...{ connection: id, crm, receiver, input: { settings, subject, secrets: found } },
  }));
}

function connectionNamed(config: Config, id: ConnectionId): ConnectionConfig {
  const found = config.connections.find((connection) => connection.id === id);
  if (found !== undefined) return found;
  const known = config.connections.map((connection) => connection.id).join(', ');
  throw new AssayError(
    'CONNECTION_UNKNOWN',
    'refuse-to-start',
    `There is no connection "${id}".`,
    `config/assay.yaml names: ${known}.`,
  );
}

function moduleFor(crm: string, id: ConnectionId): ConnectorModule {
  const found = connectors.get(crm);
  if (found !== undefined) return found;
  throw new AssayError(
    'CRM_UNKNOWN',
    'refuse-to-start',
    `Connection "${id}" names the CRM "${crm}", for which there is no connector.`,
    `Known are: ${[...connectors.keys()].join(', ')}.`,
  );
}
