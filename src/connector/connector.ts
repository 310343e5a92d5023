import type { BegunJobs } from '../domain/begun-jobs.ts';
import type { Change, Receipt } from '../domain/change.ts';
import type { FieldSpec, FieldValues } from '../domain/field.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { KnownList, MembershipReceipt } from '../domain/list.ts';
import type { PullTask } from '../domain/pull-task.ts';
import type { Subject } from '../domain/subject.ts';
import type { WriteRoute } from '../domain/write-route.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secret } from '../lib/secret.ts';
import type { Account, CallUsage, Finding } from './account.ts';
import type { Capabilities } from './capabilities.ts';
import type { ConsentFlow } from './consent.ts';
import type { Meter } from './http/meter.ts';
import type { ProvisionReport, ProvisionRequest } from './provision.ts';
import type { PullPage, PullPlan, PullRequest } from './pull.ts';
import type { ChannelKeeper, RecordIds, WebhookReceiver } from './webhooks.ts';

/**
 * One CRM product: the same few verbs for each, every difference declared in `capabilities`.
 * `connectors/registry.ts` is the only file that names them all.
 */
export type ConnectorModule = {
  /** As in `crm:` of `config/assay.yaml`. */
  readonly crm: string;
  /**
   * Names of the environment variables these settings point to.
   * @throws AssayError `SETTINGS_INVALID` (refuse to start), every problem at once.
   */
  readonly secretNames: (settings: unknown) => readonly string[];
  /** How its webhooks are read; `null` where it sends none. */
  readonly webhooks: WebhookReceiver | null;
  /** How a person gives it access in the browser. Default: not at all. */
  readonly consent?: ConsentFlow<OpenInput>;
  /** No call is made before the first verb. */
  readonly open: (input: OpenInput) => Connector;
};

export type OpenInput = {
  readonly connection: ConnectionId;
  readonly subject: Subject;
  /** The connection's own block of `config/assay.yaml`; parsed by the connector. */
  readonly settings: unknown;
  /** What the policy has written; other fields of ours are neither read nor written. */
  readonly fields: readonly WrittenField[];
  /** By environment variable name. */
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly credentials: CredentialStore;
  /** Our calls of earlier runs on this account's day, so that the daily budget holds across runs. */
  readonly quota: QuotaLedger;
  readonly fieldIds: FieldIdStore;
  readonly jobs: BegunJobs;
  readonly stored: StoredLinks;
  /** Told of each call. Default: nobody. */
  readonly meter?: Meter;
  readonly clock: Clock;
  readonly log: Logger;
  /**
   * The same object at each opening of this connection in this process: what of it outlasts one
   * opening, such as the running window of a rate limit, hangs on it.
   */
  readonly owner?: object;
};

/** A result that is written, and the CRM's name for its field, without the connection's prefix. */
export type WrittenField = Pick<FieldSpec, 'key' | 'name'>;

/** Where renewed OAuth tokens are kept between runs. */
export type CredentialStore = {
  readonly load: () => Promise<Secret | null>;
  readonly save: (value: Secret) => Promise<void>;
  /** Runs alone among all processes that hold this connection's tokens: who renews them. */
  readonly exclusively: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
};

/**
 * What we used of the quota, by stretch of time. A stretch is named so that names sort as their
 * times do: a day `2026-11-22`, an hour `2026-11-22T07`.
 */
export type QuotaLedger = {
  /** Of this stretch and all later ones. */
  readonly usedSince: (stretch: string) => Promise<number>;
  readonly add: (stretch: string, spent: number) => Promise<void>;
};

/** The CRM's ids of our fields, so that a renamed field is still ours. */
export type FieldIdStore = {
  readonly load: () => Promise<ReadonlyMap<string, string>>;
  /** Replaces them all. */
  readonly save: (ids: ReadonlyMap<string, string>) => Promise<void>;
};

/** What only the store can tell a connector. */
export type StoredLinks = {
  /** Live deals stored as belonging to any of these customers. */
  readonly dealsOf: (customers: readonly RecordId[]) => Promise<readonly RecordId[]>;
};

/**
 * An opened connection. Every verb takes an AbortSignal, throws `AssayError`s classified by the
 * connector's `errors.ts`, and obeys the rate and daily budgets by itself.
 */
export type Connector = {
  readonly crm: string;
  readonly capabilities: Capabilities;
  /** Asked once, then remembered. */
  readonly account: (signal: AbortSignal) => Promise<Account>;
  readonly doctor: (request: ProvisionRequest, signal: AbortSignal) => Promise<readonly Finding[]>;
  /** Creates what is missing; safe to repeat; leaves what humans renamed. */
  readonly provision: (request: ProvisionRequest, signal: AbortSignal) => Promise<ProvisionReport>;
  /** Takes away the fields and lists that are ours. */
  readonly unprovision: (
    request: ProvisionRequest,
    signal: AbortSignal,
  ) => Promise<ProvisionReport>;
  readonly planPull: (request: PullRequest, signal: AbortSignal) => Promise<PullPlan>;
  readonly pullPage: (task: PullTask, signal: AbortSignal) => Promise<PullPage>;
  /**
   * These records as they stand now, from no index that lags: of the customers all deals, of the deals
   * all customers; who is gone as a removal, who was merged as that and as what it became. Any number,
   * in the fewest calls; no task follows.
   */
  readonly readRecords: (ids: RecordIds, signal: AbortSignal) => Promise<PullPage>;
  /** Our fields as they stand now; ids that are gone are missing from the map. */
  readonly readHeld: (
    ids: readonly RecordId[],
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<RecordId, FieldValues>>;
  /** How so many changes are written, and what that costs; `applyBatch` takes its `batch`. */
  readonly writeRoute: (changes: number) => WriteRoute;
  /**
   * Writes at most `writeRoute().batch` changes by record id, never creating one. One receipt each, in
   * the order of `changes`; throws only what stops the work, and then nothing is known of the batch.
   * `marker` is stored with the record when the CRM can (`marksOwnWrites`).
   */
  readonly applyBatch: (
    changes: readonly Change[],
    marker: string,
    signal: AbortSignal,
  ) => Promise<readonly Receipt[]>;
  /** How our lists stand: size, or deleted by a human. One call for all where the CRM allows. */
  readonly readLists: (
    lists: readonly KnownList[],
    signal: AbortSignal,
  ) => Promise<readonly ListState[]>;
  /** All members, a page at a time. */
  readonly readMembers: (
    list: KnownList,
    signal: AbortSignal,
  ) => AsyncIterable<readonly RecordId[]>;
  /** At most `membershipsPerCall` ids of one list in one call; one receipt each. */
  readonly applyMemberships: (
    list: KnownList,
    add: readonly RecordId[],
    remove: readonly RecordId[],
    signal: AbortSignal,
  ) => Promise<readonly MembershipReceipt[]>;
  /** Keeps the subscriptions that bring webhooks; `null` where the CRM's own settings hold them. */
  readonly channels: ChannelKeeper | null;
  readonly usage: () => CallUsage;
  /** Saves the quota ledger and lets go of sockets. */
  readonly close: () => Promise<void>;
};

export type ListState = {
  readonly key: string;
  /** Members; `null` when the list is gone. */
  readonly size: number | null;
};
