import type { Change, MembershipChange, Receipt } from '../domain/change.ts';
import type { FieldValues } from '../domain/field.ts';
import type { Hold } from '../domain/hold.ts';
import type { ConnectionId, PlanId, RecordId, RunId } from '../domain/ids.ts';
import type { MembershipReceipt } from '../domain/list.ts';
import type { OwnWrites } from '../domain/own-writes.ts';
import type {
  Plan,
  PlanDecision,
  PlanKind,
  PlanMove,
  PlanStatus,
  PlanSummary,
} from '../domain/plan.ts';
import type { Instant } from '../domain/time.ts';

export const changeStates = ['pending', 'sending', 'done'] as const;
export type ChangeState = (typeof changeStates)[number];

export type PlanStore = {
  /**
   * A draft without changes; drafts, ready and held plans before it become superseded, and one that was
   * only to be looked at (held by `preview`) is forgotten. One `beside` those of runs, of a rescoring,
   * takes no plan's place, and `latest` does not know it.
   */
  readonly create: (
    plan: Pick<Plan, 'id' | 'connection' | 'runId' | 'createdAt' | 'asOf'> & {
      readonly beside?: boolean;
      /** Default `scores`. */
      readonly kind?: PlanKind;
      /** Default: none is known. */
      readonly policyVersion?: string;
    },
  ) => Promise<void>;
  readonly addChanges: (id: PlanId, changes: readonly Change[]) => Promise<void>;
  readonly addMemberships: (id: PlanId, changes: readonly MembershipChange[]) => Promise<void>;
  /**
   * Draft → ready, or what `ending` says, which is told in the log. Scores of these runs count as
   * planned. Default: all saved until now.
   */
  readonly finish: (
    id: PlanId,
    summary: PlanSummary,
    runs?: readonly RunId[],
    ending?: PlanEnding,
  ) => Promise<void>;
  /**
   * A person's word: held → ready or rejected, told in the log. Returns the plan; `null` when it was
   * not held (any more).
   */
  readonly decide: (id: PlanId, decision: PlanDecision) => Promise<Plan | null>;
  /** Ready or applying → held, by these as well, told in the log; what is sent stays as it is. */
  readonly hold: (id: PlanId, holds: readonly Hold[], told: Told) => Promise<void>;
  /** Held or ready → superseded, because what it was made for is no more; told in the log. */
  readonly outdate: (
    id: PlanId,
    stale: { readonly why: 'values' | 'policy'; readonly customers: number },
    told: Told,
  ) => Promise<void>;
  /** Their scores were compared and what differed was written. */
  readonly countAsPlanned: (connection: ConnectionId, runs: readonly RunId[]) => Promise<void>;
  /** Plans that were begun and not ended, or allowed and not begun, in the order in which they were made. */
  readonly unfinished: (connection: ConnectionId) => Promise<readonly Plan[]>;
  /**
   * A newer plan compared these customers: what others have not sent of theirs is closed as
   * `unchanged` with the code `SUPERSEDED`. `id`: the newer plan, which keeps its own.
   */
  readonly supersede: (
    connection: ConnectionId,
    id: PlanId,
    customers: readonly RecordId[],
  ) => Promise<void>;
  /** What is on its way into these customers: sent, or about to be, and without a receipt. */
  readonly sending: (
    connection: ConnectionId,
    customers: readonly RecordId[],
  ) => Promise<ReadonlyMap<RecordId, FieldValues>>;
  /** Of these customers those whom a plan newer than this one would write to, or wrote to. */
  readonly comparedSince: (
    connection: ConnectionId,
    id: PlanId,
    customers: readonly RecordId[],
  ) => Promise<readonly RecordId[]>;
  readonly setStatus: (id: PlanId, status: PlanStatus) => Promise<void>;
  readonly byId: (id: PlanId) => Promise<Plan | null>;
  /** The newest of the connection with one of these statuses. */
  readonly latest: (
    connection: ConnectionId,
    statuses: readonly PlanStatus[],
  ) => Promise<Plan | null>;
  /**
   * The newest plan that says whether what is planned now may be written: not drafts, nor what gave
   * way to a newer one without ever having been held, nor plans of rescorings.
   */
  readonly lastWord: (connection: ConnectionId) => Promise<Plan | null>;
  /** Newest first. `statuses`: `null` for all. */
  readonly list: (select: {
    readonly connections: readonly ConnectionId[];
    readonly statuses: readonly PlanStatus[] | null;
    /** Also those of rescorings. */
    readonly rescorings: boolean;
    readonly limit: number;
  }) => Promise<readonly Plan[]>;
  /** The largest first. */
  readonly moves: (id: PlanId) => Promise<readonly PlanMove[]>;
  /** In order of priority (tier, score, fact), then seq. */
  readonly changes: (
    id: PlanId,
    select: { readonly state?: ChangeState; readonly after: number | null; readonly limit: number },
  ) => Promise<readonly Change[]>;
  /**
   * Says before the call that it may happen: after a crash these are read back, not sent again.
   * Returns those that may be sent: not what was closed meanwhile, nor what waits for another plan's
   * change of the same customer.
   */
  readonly markSending: (id: PlanId, seqs: readonly number[]) => Promise<readonly number[]>;
  /** Sent but not known to have arrived. */
  readonly markPending: (id: PlanId, seqs: readonly number[]) => Promise<void>;
  /** Receipts, states, the customers' held values and the own-writes ledger, together. */
  readonly saveReceipts: (
    connection: ConnectionId,
    id: PlanId,
    marker: string,
    receipts: readonly Receipt[],
  ) => Promise<void>;
  readonly receiptCounts: (id: PlanId) => Promise<ReceiptCounts>;
  readonly rejections: (
    id: PlanId,
    limit: number,
  ) => Promise<
    readonly { readonly customerId: RecordId; readonly code: string; readonly message: string }[]
  >;
  /** Steps without a receipt. `sending`: only those that are on their way, or are not; default all. */
  readonly memberships: (
    id: PlanId,
    select: { readonly listKey: string; readonly limit: number; readonly sending?: boolean },
  ) => Promise<readonly MembershipChange[]>;
  /** As `sending`, of steps on lists. */
  readonly sendingSteps: (
    connection: ConnectionId,
    customers: readonly RecordId[],
  ) => Promise<readonly MembershipChange[]>;
  /** As `markSending`, of steps on lists. */
  readonly markStepsSending: (
    id: PlanId,
    steps: readonly MembershipChange[],
  ) => Promise<readonly MembershipChange[]>;
  /** Sent but not known to have arrived. */
  readonly markStepsPending: (id: PlanId, steps: readonly MembershipChange[]) => Promise<void>;
  /** Every step, done or not, a page behind another. */
  readonly allMemberships: (
    id: PlanId,
    select: { readonly after: MembershipChange | null; readonly limit: number },
  ) => Promise<readonly MembershipChange[]>;
  /** Marks them done and corrects the known members. */
  readonly saveMembershipReceipts: (
    connection: ConnectionId,
    id: PlanId,
    receipts: readonly MembershipReceipt[],
  ) => Promise<void>;
  /** Own writes of runs whose last write is at or after `since`; oldest first. */
  readonly ownWrites: (connection: ConnectionId, since: Instant) => Promise<readonly OwnWrites[]>;
};

/** Who did something, and when, as the log tells it. */
export type Told = { readonly actor: string; readonly at: Instant };

/** What becomes of a draft that is whole. */
export type PlanEnding = {
  /** `rejected`: a person rejected the same before; its changes are dropped, for they are that plan's. */
  readonly status: 'ready' | 'held' | 'rejected';
  readonly holds: readonly Hold[];
  readonly decision: PlanDecision | null;
  readonly digest: string | null;
  readonly moves: readonly PlanMove[];
  /** `null`: nothing is told. */
  readonly told: Told | null;
};

export type ReceiptCounts = {
  readonly applied: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Changes without a receipt yet. */
  readonly open: number;
  readonly memberships: {
    readonly applied: number;
    readonly unchanged: number;
    readonly rejected: number;
    readonly open: number;
  };
};
