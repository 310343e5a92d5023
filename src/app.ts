import { connectors } from '../connectors/registry.ts';
import type { Config, ConnectionConfig } from './config/config.ts';
import { connectionNamed } from './config/connection-named.ts';
import { withPlainKeys } from './config/kms-key.ts';
import { defaultSchedule } from './config/schedule-schema.ts';
import type {
  Connector,
  ConnectorModule,
  CredentialStore,
  OpenInput,
} from './connector/connector.ts';
import { webhookAddress } from './connector/webhook-address.ts';
import { type Actor, serviceActor } from './domain/actor.ts';
import type { Allowance } from './domain/hold.ts';
import type { ConnectionId } from './domain/ids.ts';
import { type Population, populationOf } from './domain/population.ts';
import type { Progress } from './domain/progress.ts';
import type { Tell } from './domain/work-event.ts';
import { defaultWrites } from './domain/write-settings.ts';
import {
  crmUnknown,
  type Intake,
  type IntakeOptions,
  intakeOf,
  sealKeysOf,
  storeOptions,
} from './intake.ts';
import { doChore } from './jobs/do-chore.ts';
import { type HolderDeps, workConnection } from './jobs/holder.ts';
import type { ScheduleSource } from './jobs/schedule.ts';
import type { Work } from './jobs/work-queue.ts';
import { defaultWorkSettings, type WorkSettings } from './jobs/work-settings.ts';
import { Turns } from './lib/turns.ts';
import type { Policy } from './policy/schema.ts';
import type { ConsentGround } from './run/connect.ts';
import { consentUnsupported } from './run/consent-unsupported.ts';
import type { RunContext } from './run/context.ts';
import { PlansAtWork } from './run/plans-at-work.ts';
import { type InForce, type Standard, standardOf } from './run/policy-in-force.ts';
import { openStore } from './store/open-store.ts';
import { type Resealing, resealAll } from './store/reseal.ts';
import { readKeyring, secretKeyMissing } from './store/seal-keys.ts';
import { sealedCredentials } from './store/sealed-credentials.ts';
import type { Store } from './store/store.ts';
import { openWatch, type Watch } from './watch.ts';

export type AppOptions = IntakeOptions & {
  /** The scoring policy of the file: in force until one is published; read when it is asked for. */
  readonly policy: Policy | (() => Policy);
  /** How connections are worked on. Default `defaultWorkSettings`. */
  readonly work?: Partial<WorkSettings>;
};

/** Where an entry shows progress and stops the work. */
export type Edge = {
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Who acts. Default `serviceActor`. */
  readonly actor?: Actor;
  /** Guards that whoever acts lets pass. Default: none. */
  readonly allowance?: Allowance | null;
};

/** Everything, constructed; entries get it and nothing else. */
export type App = Intake & {
  /** Which policy is in force. */
  readonly standard: Standard;
  readonly store: Store;
  /** Who acts where an edge does not say. */
  readonly actor: Actor;
  /** The same app for somebody. */
  readonly actingAs: (actor: Actor) => App;
  /** @throws AssayError `CONNECTION_UNKNOWN`, `CRM_UNKNOWN`, `SETTINGS_INVALID`, `SECRET_MISSING`. */
  readonly openConnection: (id: ConnectionId, edge: Edge) => Promise<OpenConnection>;
  /**
   * How a person gives a connection access in the browser.
   * @throws AssayError `CONSENT_UNSUPPORTED`, `SECRET_KEY_MISSING` and as `openConnection`.
   */
  readonly consent: (id: ConnectionId, edge: Edge) => Promise<ConsentGround>;
  /** Seals all that is kept under the present key. @throws AssayError `SECRET_KEY_MISSING`. */
  readonly reseal: (signal: AbortSignal) => Promise<Resealing>;
  /** For whoever works beside the app's own queue, as a Lambda does. */
  readonly tell: Tell;
  /** Sends alerts and traces that wait: for a process that is frozen between two events. */
  readonly flush: () => Promise<void>;
  /** Adds somebody who is told of what happens, as metrics are. */
  readonly listen: (listener: Tell) => void;
  /** What `tick` looks at. @throws AssayError `QUEUE_UNAVAILABLE`. */
  readonly schedule: () => Promise<ScheduleSource>;
  /** Does what the store says is to do for a connection: what a queue hands its messages to. */
  readonly work: (
    ...message: [...Parameters<Work>, settings?: Partial<WorkSettings>]
  ) => ReturnType<Work>;
};

export type OpenConnection = {
  readonly context: RunContext;
  readonly close: () => Promise<void>;
};

/** Opens the store. Connections are opened one by one, and make no call before they are used. */
export async function openApp(given: AppOptions): Promise<App> {
  const config = await withPlainKeys(given.config);
  const options = { ...given, config };
  const { policy, clock, log } = options;
  const store = await openStore(storeOptions({ config, clock, log }));
  const watch = openWatch({ config, store, clock, log });
  const { tell } = watch;
  const standard = standardOf(store, typeof policy === 'function' ? policy : () => policy);
  const intake = intakeOf(store, { config, clock, log, tell });
  const open: App['openConnection'] = async (id, edge) =>
    openConnection({ ...options, watch, standard }, store, id, edge);
  const app: App = {
    ...intake,
    standard,
    tell,
    actor: serviceActor,
    actingAs: (actor) => actingAs(app, actor),
    flush: watch.close,
    listen: watch.listen,
    close: async () => {
      await watch.close();
      await intake.close();
    },
    openConnection: open,
    consent: (id, edge) => consentGround({ ...options, watch, standard }, store, id, edge),
    reseal: async (signal) => {
      const keyring = readKeyring(sealKeysOf(config));
      if (keyring === null) throw secretKeyMissing('sealed tokens');
      return await resealAll(store, keyring, signal);
    },
    schedule: async () => ({
      ...{ store, clock, log, queue: await intake.queue() },
      connections: config.connections.map((one) => ({
        ...{ connection: one.id, schedule: one.schedule ?? defaultSchedule },
      })),
    }),
    work: async (message, signal, now = {}) => {
      const settings = { ...defaultWorkSettings, ...config.work, ...options.work, ...now };
      const ground = { store, open, settings, clock, log, queue: await intake.queue() };
      const chore = choreFor(intake, connectionNamed(config, message.connection));
      const { hasMovedOn } = standard;
      await workConnection({ ...ground, chore, hasMovedOn }, message, signal);
    },
  };
  return app;
}

/** What works by itself stays `service`. */
function actingAs(app: App, actor: Actor): App {
  return {
    ...app,
    actor,
    store: app.store.actingAs(actor.name),
    openConnection: (id, edge) => app.openConnection(id, { actor, ...edge }),
    consent: (id, edge) => app.consent(id, { actor, ...edge }),
  };
}

/** What a connection's chores need of its config. */
function choreFor(
  { config, channels }: Intake,
  { id, crm, schedule = defaultSchedule }: ConnectionConfig,
): HolderDeps['chore'] {
  const { publicUrl = null, secretKey: key } = config;
  const { proof } = moduleFor(crm, id).webhooks ?? {};
  const url =
    publicUrl === null || proof === undefined
      ? null
      : webhookAddress({ connection: id, proof, publicUrl, key });
  const { keepDays } = schedule;
  return (kind, held) => doChore(kind, held, { keepDays, url, kept: channels(id) });
}

type Opening = AppOptions & { readonly watch: Watch; readonly standard: Standard };

async function openConnection(
  options: Opening,
  store: Store,
  id: ConnectionId,
  edge: Edge,
): Promise<OpenConnection> {
  const settings = connectionNamed(options.config, id);
  const inForce = await options.standard.inForce();
  const connector = openConnector(options, store, settings, inForce);
  return around(connector, options, store, { settings, edge, inForce });
}

type Around = {
  readonly settings: ConnectionConfig;
  readonly edge: Edge;
  readonly inForce: InForce;
};

/** All that a pass over an opened connection works with. */
function around(
  connector: Connector,
  { config, clock, log, watch: { tell, tracer } }: Opening,
  store: Store,
  { settings, edge, inForce: { policy, ...policyFrom } }: Around,
): OpenConnection {
  const { id, subject, attribution, language } = settings;
  const population = populationFor(config, settings);
  const own = { connection: id, population, subject, attribution, language };
  const { actor = serviceActor } = edge;
  const acting = store.actingAs(actor.name);
  return {
    context: {
      ...{ ...own, connector, store: acting, policy, policyFrom, clock, log, tell, tracer },
      ...{ writes: settings.writes ?? defaultWrites, review: config.review ?? null },
      turns: new Turns(),
      plansAtWork: new PlansAtWork(),
      ...{ allowance: null, ...edge, actor },
    },
    close: async () => connector.close(),
  };
}

function populationFor({ connections, identity = [] }: Config, own: ConnectionConfig): Population {
  const group = identity.find((one) => one.connections.includes(own.id));
  return populationOf(own, connections, group);
}

function openConnector(
  options: Opening,
  store: Store,
  settings: ConnectionConfig,
  inForce: InForce,
): Connector {
  const connectorModule = moduleFor(settings.crm, settings.id);
  const names = connectorModule.secretNames(settings.settings);
  return connectorModule.open(openInput(options, store, settings, { names, inForce }));
}

async function consentGround(
  options: Opening,
  store: Store,
  id: ConnectionId,
  edge: Edge,
): Promise<ConsentGround> {
  if (options.config.secretKey === null) throw secretKeyMissing(`tokens of connection ${id}`);
  const settings = connectionNamed(options.config, id);
  const connectorModule = moduleFor(settings.crm, id);
  const { consent: flow, crm } = connectorModule;
  if (flow === undefined) throw consentUnsupported(crm);
  const given = flow.tokenName(settings.settings);
  const names = flow.secretNames(settings.settings);
  const optional = given === null ? [] : [given];
  const inForce = await options.standard.inForce();
  const input = openInput(options, store, settings, { names, optional, inForce });
  const openWith = async (credentials: CredentialStore) =>
    around(connectorModule.open({ ...input, credentials }), options, store, {
      ...{ settings, edge, inForce },
    });
  return { crm, flow, input, openWith };
}

type Needed = {
  readonly names: readonly string[];
  readonly optional?: readonly string[];
  readonly inForce: InForce;
};

function openInput(
  { config, clock, log, watch }: Opening,
  store: Store,
  { id, crm, subject, settings }: ConnectionConfig,
  { inForce, ...secrets }: Needed,
): OpenInput {
  return {
    connection: id,
    subject,
    settings,
    fields: inForce.policy.fields,
    secrets: config.secrets.read([{ connection: id, ...secrets }]),
    credentials: sealedCredentials(store, id, { ...sealKeysOf(config), clock, log }),
    quota: {
      usedSince: async (stretch) => store.connections.quotaUsedSince(id, stretch),
      add: async (stretch, spent) => store.connections.addQuota(id, stretch, spent),
    },
    fieldIds: {
      load: async () => store.connections.fieldIds(id),
      save: async (ids) => store.connections.saveFieldIds(id, ids),
    },
    jobs: store.connections.jobs(id),
    stored: { dealsOf: async (customers) => store.records.dealsOf(id, customers) },
    meter: watch.meterOf(id, crm),
    clock,
    log,
    // One object for as long as the process has this config.
    owner: settings,
  };
}

function moduleFor(crm: string, id: ConnectionId): ConnectorModule {
  const found = connectors.get(crm);
  if (found !== undefined) return found;
  throw crmUnknown(crm, id, [...connectors.keys()]);
}
