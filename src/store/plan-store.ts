import type { Change, MembershipChange, Receipt } from '../domain/change.ts';
import type { ConnectionId, PlanId, RecordId } from '../domain/ids.ts';
import type { MembershipReceipt } from '../domain/list.ts';
import type { OwnWrites } from '../domain/own-writes.ts';
import type { Plan, PlanStatus, PlanSummary } from '../domain/plan.ts';
import type { Instant } from '../domain/time.ts';

export const changeStates = ['pending', 'sending', 'done'] as const;
export type ChangeState = (typeof changeStates)[number];

export type PlanStore = {
  /** A draft without changes; drafts and ready plans before it become superseded. */
  readonly create: (plan: Omit<Plan, 'status' | 'summary'>) => Promise<void>;
  readonly addChanges: (id: PlanId, changes: readonly Change[]) => Promise<void>;
  readonly addMemberships: (id: PlanId, changes: readonly MembershipChange[]) => Promise<void>;
  /** Draft → ready. Scores saved until now count as planned. */
  readonly finish: (id: PlanId, summary: PlanSummary) => Promise<void>;
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
  /** Says before the call that it may happen: after a crash these are read back, not sent again. */
  readonly markSending: (id: PlanId, seqs: readonly number[]) => Promise<void>;
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
