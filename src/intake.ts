import { receivers } from '../connectors/receivers.ts';
import type { Config } from './config/config.ts';
import { withPlainKeys } from './config/kms-key.ts';
import type { WebhookConnection, WebhookReceiver } from './connector/webhooks.ts';
import { AssayError } from './domain/assay-error.ts';
import type { ConnectionId } from './domain/ids.ts';
import { type Tell, tellNobody } from './domain/work-event.ts';
import { openQueue, type QueueChoice } from './jobs/open-queue.ts';
import { defaultRetryRules } from './jobs/verdict.ts';
import type { WorkQueue } from './jobs/work-queue.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/logger.ts';
import type { AccessStore } from './store/access-store.ts';
import { openAccessStore } from './store/open-access-store.ts';
import type { StoreOptions } from './store/open-engine.ts';
import { type IntakeStore, openIntakeStore } from './store/open-intake-store.ts';
import type { SealKeys } from './store/seal-keys.ts';
import { type SealedChannels, sealedChannels } from './store/sealed-channels.ts';

export type IntakeOptions = {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told of messages that the queue gives up. Default: nobody. */
  readonly tell?: Tell;
};

/** What takes webhooks: the part of the app that a function which does no work needs. */
export type Intake = {
  readonly config: Config;
  readonly store: IntakeStore;
  /**
   * Those whose CRM sends webhooks, with what verifies them.
   * @throws AssayError `CRM_UNKNOWN`, `SETTINGS_INVALID`, `SECRET_MISSING`.
   */
  readonly webhooks: () => readonly WebhookConnection[];
  /** Subscriptions that bring a connection its webhooks. @throws AssayError `SECRET_KEY_INVALID`. */
  readonly channels: (id: ConnectionId) => SealedChannels;
  /**
   * The work queue, opened by the first who asks and closed with the rest.
   * @throws AssayError `QUEUE_UNAVAILABLE`.
   */
  readonly queue: () => Promise<WorkQueue>;
  readonly close: () => Promise<void>;
};

/** Opens the store, as far as webhooks need it. */
export async function openIntake(options: IntakeOptions): Promise<Intake> {
  const config = await withPlainKeys(options.config);
  return intakeOf(await openIntakeStore(storeOptions(options)), { ...options, config });
}

/** Around a store that is open. */
export function intakeOf<S extends IntakeStore>(
  store: S,
  options: IntakeOptions,
): Intake & { readonly store: S } {
  const { config, log } = options;
  const queue = openedOnce(() => openWorkQueue(options));
  return {
    config,
    store,
    webhooks: () => webhookConnections(config),
    channels: (id) => sealedChannels(store, id, { ...sealKeysOf(config), log }),
    queue: queue.open,
    close: async () => {
      await queue.close();
      await store.close();
    },
  };
}

/** What opens and seals what lies in the store. */
export function sealKeysOf({ secretKey, secretKeyOld = null }: Config): SealKeys {
  return { key: secretKey, oldKey: secretKeyOld };
}

export function storeOptions({ config, clock }: IntakeOptions): StoreOptions {
  return {
    databaseUrl: config.store.kind === 'server' ? config.store.url : null,
    folder: config.store.kind === 'folder' ? config.store.folder : '',
    clock,
  };
}

/** Who may act, without the rest of the store. */
export async function withAccess<T>(
  options: IntakeOptions,
  work: (access: AccessStore) => Promise<T>,
): Promise<T> {
  const { access, close } = await openAccessStore(storeOptions(options));
  try {
    return await work(access);
  } finally {
    await close();
  }
}

/** The work queue without the store, for whoever looks at it alone. */
export async function openWorkQueue(options: IntakeOptions): Promise<WorkQueue> {
  const { config, clock, log, tell = tellNobody } = options;
  return openQueue(queueChoice(config), { rules: defaultRetryRules, clock, log, tell });
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

function webhookConnections({ connections, secrets }: Config): readonly WebhookConnection[] {
  const sending = connections.flatMap(({ id, crm, subject, settings }) => {
    const receiver = receiverFor(crm, id);
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

function receiverFor(crm: string, id: ConnectionId): WebhookReceiver | null {
  const found = receivers.get(crm);
  if (found !== undefined) return found;
  throw crmUnknown(crm, id, [...receivers.keys()]);
}

export function crmUnknown(crm: string, id: ConnectionId, known: readonly string[]): AssayError {
  return new AssayError(
    'CRM_UNKNOWN',
    'refuse-to-start',
    `Connection "${id}" names the CRM "${crm}", for which there is no connector.`,
    `Known are: ${known.join(', ')}.`,
  );
}
