import type { Change, MembershipChange, Receipt } from '../domain/change.ts';
import type { FieldValues } from '../domain/field.ts';
import type { ConnectionId, PlanId, RecordId, RunId } from '../domain/ids.ts';
import type { MembershipReceipt } from '../domain/list.ts';
import type { OwnWrites } from '../domain/own-writes.ts';
import type { Plan, PlanKind, PlanStatus, PlanSummary } from '../domain/plan.ts';
import type { Instant } from '../domain/time.ts';

export const changeStates = ['pending', 'sending', 'done'] as const;
export type ChangeState = (typeof changeStates)[number];

export type PlanStore = {
  /**
   * A draft without changes; drafts and ready plans before it become superseded. One `beside` those
   * of runs, of a rescoring, takes no plan's place, and `latest` does not know it.
   */
  readonly create: (
    plan: Omit<Plan, 'kind' | 'policyVersion' | 'status' | 'summary' | 'holds' | 'decision'> & {
      readonly beside?: boolean;
      /** Default `scores`. */
      readonly kind?: PlanKind;
      /** Default: none is known. */
      readonly policyVersion?: string;
    },
  ) => Promise<void>;
  readonly addChanges: (id: PlanId, changes: readonly Change[]) => Promise<void>;
  readonly addMemberships: (id: PlanId, changes: readonly MembershipChange[]) => Promise<void>;
  /** Draft → ready. Scores of these runs count as planned. Default: all saved until now. */
  readonly finish: (id: PlanId, summary: PlanSummary, runs?: readonly RunId[]) => Promise<void>;
  /** Their scores were compared and what differed was written. */
  readonly countAsPlanned: (connection: ConnectionId, runs: readonly RunId[]) => Promise<void>;
  /** Plans that were begun and not ended: of rescorings first. */
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
  readonly setStatus: (id: PlanId, status: PlanStatus) => Promise<void>;
  readonly byId: (id: PlanId) => Promise<Plan | null>;
  /** The newest of the connection with one of these statuses. */
  readonly latest: (
    connection: ConnectionId,
    statuses: readonly PlanStatus[],
  ) => Promise<Plan | null>;
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
  readonly memberships: (
    id: PlanId,
    select: { readonly listKey: string; readonly limit: number },
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
