import type { FieldValues } from '../domain/field.ts';
import type { CustomerHistory } from '../domain/history.ts';
import type { ConnectionId, RecordId, RunId } from '../domain/ids.ts';
import type { Standing } from '../domain/result.ts';
import type { Score } from '../domain/score.ts';
import type { Instant, LocalDay } from '../domain/time.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import type { AccessStore } from './access-store.ts';
import type { AlertStore } from './alerts.ts';
import type { AuditStore } from './audit-store.ts';
import type { BaselineStore } from './baselines.ts';
import type { ChannelStore } from './channels.ts';
import type { ConnectionStore } from './connection-store.ts';
import type { Engine } from './engine.ts';
import type { ErasureStore } from './erasure-store.ts';
import type { HistoryStore } from './history-store.ts';
import type { IdentityStore } from './identity-store.ts';
import type { InboxStore } from './inbox-store.ts';
import type { ListStore } from './list-store.ts';
import type { OptionStore } from './option-store.ts';
import type { OverrideStore } from './override-store.ts';
import type { PlanStore } from './plan-store.ts';
import type { PolicyStore } from './policy-store.ts';
import type { PullStore } from './pull-store.ts';
import type { RecordStore } from './record-store.ts';
import type { RetentionStore } from './retention-store.ts';
import type { ReviewStore } from './review-store.ts';
import type { RollbackStore } from './rollback-store.ts';
import type { RunStore } from './run-store.ts';
import type { ScheduleStore } from './schedule-store.ts';
import type { SealedTextStore } from './sealed-texts.ts';
import type { ShadowStore } from './shadow-store.ts';
import type { StopStore } from './stop-store.ts';
import type { WorkStore } from './work-store.ts';

/**
 * What Assay remembers. One implementation, the PostgreSQL dialect, on PGlite or a server; both pass
 * `test/contract/store.contract.ts`. Every method is one transaction: it happened or it did not.
 * @throws AssayError `STORE_UNAVAILABLE`, `STORE_FULL`, `STORE_LOCKED`, `STORE_NEWER`, `LEASE_LOST`.
 */
export type Store = {
  /** `folder`: PGlite, which a power cut may set back to the last `flush`. */
  readonly kind: 'folder' | 'server';
  readonly leases: LeaseStore;
  readonly runs: RunStore;
  readonly pulls: PullStore;
  readonly records: RecordStore;
  readonly scores: ScoreStore;
  readonly plans: PlanStore;
  readonly rollbacks: RollbackStore;
  readonly baselines: BaselineStore;
  readonly lists: ListStore;
  readonly connections: ConnectionStore;
  readonly identities: IdentityStore;
  readonly inbox: InboxStore;
  readonly channels: ChannelStore;
  readonly sealed: SealedTextStore;
  readonly schedules: ScheduleStore;
  readonly retention: RetentionStore;
  readonly history: HistoryStore;
  readonly erasures: ErasureStore;
  readonly work: WorkStore;
  readonly stops: StopStore;
  readonly overrides: OverrideStore;
  readonly options: OptionStore;
  readonly alerts: AlertStore;
  readonly audit: AuditStore;
  readonly access: AccessStore;
  readonly policies: PolicyStore;
  readonly reviews: ReviewStore;
  readonly shadows: ShadowStore;
  /** The same store for somebody: whom the log names for what the store tells. Default: `service`. */
  readonly actingAs: (actor: string) => Store;
  /**
   * The same store for the holder of a connection: what only a holder writes is refused once somebody
   * took the connection over. @throws AssayError `LEASE_LOST` (end at checkpoint).
   */
  readonly fenced: (lease: Lease) => Store;
  /**
   * On a folder: says to another process on it that a connection has work, and whether one that works
   * by itself heard it. On a server a queue says so.
   */
  readonly tell: Engine['tell'];
  readonly hear: Engine['hear'];
  readonly service: Engine['service'];
  /** Makes what was written safe: CHECKPOINT and fsync on PGlite, nothing on a server. */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** One process at a time holds a connection. */
export type LeaseStore = {
  /**
   * `held` names the present holder; a lapsed lease is taken over with a higher fence, and so is that
   * of `dead`: a holder whom the caller knows to have ended without a word.
   */
  readonly acquire: (
    connection: ConnectionId,
    holder: string,
    ttlMs: number,
    dead?: string,
  ) => Promise<
    | { readonly status: 'acquired'; readonly lease: Lease }
    | { readonly status: 'held'; readonly holder: string; readonly expiresAt: Instant }
  >;
  /** @throws AssayError `LEASE_LOST` when somebody else took it over. */
  readonly renew: (lease: Lease, ttlMs: number) => Promise<void>;
  readonly release: (lease: Lease) => Promise<void>;
};

export type Lease = {
  readonly connection: ConnectionId;
  readonly holder: string;
  /** Grows with every holder. */
  readonly fence: number;
};

/** Score beside what the CRM holds: what the plan compares. */
export type ScoredCustomer = {
  readonly score: Score;
  readonly held: FieldValues;
  /** Keys of our static lists it is on, as far as we know. */
  readonly lists: readonly string[];
};

/** What a customer's score takes from others, as it was when the last run looked at everybody. */
export type Carried = {
  /** `null`: never scored, or unknown. */
  readonly referrals: { readonly referred: number; readonly bought: number } | null;
  readonly isDuplicate: boolean;
  /** Day of the score; `null` without one. */
  readonly asOf: LocalDay | null;
};

/** A policy as it scored first; one that differs in labels alone has the same version. */
export type StoredPolicy = {
  readonly version: string;
  /** The checked policy, as plain data. */
  readonly content: unknown;
  readonly firstUsedAt: Instant;
};

export type ScoreStore = {
  /** Histories of a full run's first pass, replaced by the next. */
  readonly saveHistories: (
    connection: ConnectionId,
    rows: readonly CustomerHistory[],
  ) => Promise<void>;
  readonly histories: (
    connection: ConnectionId,
    select: { readonly after: RecordId | null; readonly limit: number },
  ) => Promise<readonly CustomerHistory[]>;
  /** Saves scores, clears these customers' dirty marks. */
  readonly save: (connection: ConnectionId, runId: RunId, rows: readonly Score[]) => Promise<void>;
  /**
   * By customer id ascending. `unplanned`: only scores saved since a plan was last finished, so that a
   * run that stopped between scoring and planning leaves nobody behind.
   */
  readonly page: (
    connection: ConnectionId,
    select: {
      readonly after: RecordId | null;
      readonly limit: number;
      readonly unplanned?: boolean;
      /** Only these. */
      readonly ids?: readonly RecordId[];
    },
  ) => Promise<readonly ScoredCustomer[]>;
  /** Whom `page` would show. */
  readonly ids: (
    connection: ConnectionId,
    select: Omit<Parameters<ScoreStore['page']>[1], 'ids'>,
  ) => Promise<readonly RecordId[]>;
  /** Runs and rescorings whose scores no plan has compared yet. */
  readonly unplannedRuns: (connection: ConnectionId) => Promise<readonly RunId[]>;
  /** What these customers' last scores were made with of what others did. */
  readonly carried: (
    connection: ConnectionId,
    ids: readonly RecordId[],
  ) => Promise<ReadonlyMap<RecordId, Carried>>;
  readonly byId: (connection: ConnectionId, id: RecordId) => Promise<Score | null>;
  /**
   * Of a population by its id. Marks everybody as dirty as well: who is not scored by these must be,
   * whatever happens; those of other connections than `own` in their next scoring. Default: the
   * population is the connection of that name.
   */
  readonly saveCutPoints: (
    population: string,
    runId: RunId,
    cuts: CutPoints,
    marked?: { readonly own: ConnectionId; readonly connections: readonly ConnectionId[] },
  ) => Promise<void>;
  readonly cutPoints: (population: string) => Promise<CutPoints | null>;
  /** What holds these customers' tiers still; whoever has none is missing. */
  readonly standings: (
    connection: ConnectionId,
    ids: readonly RecordId[],
  ) => Promise<ReadonlyMap<RecordId, Standing>>;
  /** The days of the oldest and newest score, `null` without scores; with the policy versions in use. */
  readonly state: (connection: ConnectionId) => Promise<{
    readonly scored: number;
    readonly oldestAsOf: LocalDay | null;
    readonly newestAsOf: LocalDay | null;
    readonly policyVersions: readonly string[];
  }>;
  /** Keeps a policy by its version, so that whatever a score names can be read back. */
  readonly savePolicy: (policy: StoredPolicy) => Promise<void>;
  readonly policy: (version: string) => Promise<StoredPolicy | null>;
  /** Hash over all scores and classes, sorted by external id (record id without one): SHA-256 hex. */
  readonly hash: (connection: ConnectionId) => Promise<string>;
  /** Customers by tier key, `none` for no tier. */
  readonly tiers: (connection: ConnectionId) => Promise<Readonly<Record<string, number>>>;
};
