import type { ConnectionStop } from '../domain/connection-stop.ts';
import type { ConnectionId, PlanId, RunId } from '../domain/ids.ts';
import type { PlanMove, PlanSummary, TierMove } from '../domain/plan.ts';
import type {
  ExceptionKind,
  RollbackException,
  RollbackScope,
  WrittenCustomer,
  WrittenMembership,
} from '../domain/rollback.ts';
import type { Instant } from '../domain/time.ts';
import type { PlanEnding } from './plan-store.ts';

/** What was written, told backwards: the ground of a rollback's plan. */
export type RollbackStore = {
  /**
   * The plans of a run or rescoring, the one that such a pass applied, or the plan of that id itself.
   * `null`: the connection knows no such run.
   */
  readonly plansOf: (connection: ConnectionId, id: RunId) => Promise<readonly PlanId[] | null>;
  /** Receipts of plans made before are gone by retention; `null`: all are there. */
  readonly receiptsSince: (connection: ConnectionId) => Promise<Instant | null>;
  /**
   * Plans that were begun, or could be, are over: what they have not sent is closed as `unchanged`
   * with the code `SUPERSEDED`. Nothing may be on its way.
   */
  readonly endOthers: (connection: ConnectionId) => Promise<void>;
  /** In the order of writing, each customer once; nothing where nothing was written. */
  readonly fields: (scope: RollbackScope, page: Page) => Promise<readonly WrittenCustomer[]>;
  /** Static lists' steps, each membership once. `plan`: whose exceptions tell who is gone. */
  readonly memberships: (
    scope: RollbackScope,
    page: Page & { readonly plan: PlanId },
  ) => Promise<readonly WrittenMembership[]>;
  readonly addExceptions: (plan: PlanId, exceptions: readonly RollbackException[]) => Promise<void>;
  /** By customer. */
  readonly exceptions: (
    plan: PlanId,
    page: { readonly offset: number; readonly limit: number },
  ) => Promise<readonly RollbackException[]>;
  readonly exceptionCounts: (plan: PlanId) => Promise<ExceptionCounts>;
  /** Tiers that it puts back, with revenue; the largest moves first. */
  readonly moves: (plan: PlanId, limit: number) => Promise<RollbackMoves>;
  /** The plan is whole, the connection stopped by it, the log told: all together. */
  readonly finish: (plan: PlanId, made: MadeRollback) => Promise<void>;
};

/** `after`: the position of the last; `null` for the first page. */
export type Page = { readonly after: number | null; readonly limit: number };

export type ExceptionCounts = Readonly<Record<ExceptionKind, number>>;

export type RollbackMoves = {
  readonly tierMoves: readonly TierMove[];
  readonly top: readonly Omit<PlanMove, 'reason'>[];
};

export type MadeRollback = {
  readonly scope: RollbackScope;
  readonly summary: PlanSummary;
  readonly ending: PlanEnding;
  /** `null`: nothing is left to take back, and the plan is over. */
  readonly stop: Omit<ConnectionStop, 'plan'> | null;
  /** The run that is taken back, or the instant. */
  readonly of: { readonly run: RunId } | { readonly to: Instant };
};
