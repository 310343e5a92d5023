import type { CallUsage, Quota } from '../connector/account.ts';
import type { ConnectionId, PlanId, RunId } from '../domain/ids.ts';
import type { PlanSummary } from '../domain/plan.ts';
import type { IdentityKey } from '../domain/population.ts';
import type { RunOutcome } from '../domain/run.ts';
import type { LocalDay } from '../domain/time.ts';
import type { Forecast, KeyAccountCut } from '../policy/cut-points.ts';
import type { BaseQualityReport } from '../score/quality/base-quality.ts';
import type { ReceiptCounts } from '../store/plan-store.ts';
import type { RecordCounts } from '../store/record-store.ts';

/** What one run did and found; `--json` prints it as it is. */
export type RunReport = {
  readonly runId: RunId;
  readonly connection: ConnectionId;
  readonly crm: string;
  readonly asOf: LocalDay;
  readonly outcome: RunOutcome;
  /** Set when the run stopped early: the error's code, message and what to do. */
  readonly stopped: StopReason | null;
  /** The plan that an earlier run left half applied, finished first. */
  readonly leftover: ApplyReport | null;
  /** Why a plan that was allowed earlier was not written any more. */
  readonly stale: StopReason | null;
  readonly pull: PullReport | null;
  readonly score: ScoreReport | null;
  readonly plan: { readonly id: PlanId; readonly summary: PlanSummary } | null;
  /** The plan behind which nothing was planned: it waits for a person's word, or to be written. */
  readonly waitingFor: PlanId | null;
  /** The plan that a person rejected, and that this run's would only repeat: nothing is written. */
  readonly refusedAs: PlanId | null;
  readonly apply: ApplyReport | null;
  readonly calls: CallUsage;
  readonly quota: Quota | null;
};

export type StopReason = { readonly code: string; readonly message: string; readonly todo: string };

export type PullReport = {
  readonly mode: 'full' | 'delta';
  /** Why this route was taken. */
  readonly reason: string;
  /** Went on where an earlier run stopped. */
  readonly resumed: boolean;
  readonly pages: number;
  readonly customersChanged: number;
  readonly dealsChanged: number;
  readonly removed: number;
  readonly stale: number;
  /** The store after the pull, with won deals by problem. */
  readonly counts: RecordCounts;
};

/** Who of a group's customers is joined; `assay identity` lists what was found. */
export type IdentityReport = {
  /** The other connections that take part. */
  readonly with: readonly ConnectionId[];
  /** Those of the group that were never pulled to an end: not counted yet. */
  readonly waitingFor: readonly ConnectionId[];
  /** Customers known to more than one connection, by the least trusted key that joins them. */
  readonly joined: Readonly<Record<IdentityKey, number>>;
  readonly conflicts: number;
  readonly duplicates: number;
  readonly warnings: readonly string[];
};

export type ScoreReport = {
  /** `base`: everybody; `due`: only whom something happened to, and whom time alone may have changed. */
  readonly scope: 'base' | 'due';
  readonly reason: string;
  readonly scored: number;
  /** `null` for a connection that is in no group. */
  readonly identity: IdentityReport | null;
  /** Of them whom something happened to, and whose day of change alone had come. */
  readonly due: { readonly happened: number; readonly byTime: number };
  /** Of those scored, who asked to be left out: their fields are cleared. */
  readonly optedOut: number;
  /** Of those scored, whom the policy's `scope` leaves out: their fields are cleared likewise. */
  readonly outOfScope: { readonly excluded: number; readonly silent: number };
  readonly cutPointsFound: boolean;
  /** The model of orders behind forecasts: how it was found and what to be careful with. */
  readonly forecast: Pick<
    Forecast,
    'model' | 'basis' | 'frequencySpendCorrelation' | 'warnings'
  > | null;
  /** The fewest customers who hold the policy's share of net amounts, as it really is. */
  readonly keyAccounts: KeyAccountCut | null;
  /** Of the whole base: with `scope: base` only. */
  readonly quality: BaseQualityReport | null;
  /** Won deals left out of the scores made in this run, by cause. */
  readonly problems: Readonly<Record<string, number>>;
  readonly tiers: Readonly<Record<string, number>>;
  readonly hash: string;
};

export type ApplyReport = {
  readonly planId: PlanId;
  /** A plan that an earlier run began. */
  readonly resumed: boolean;
  readonly receipts: ReceiptCounts;
  /** The first few, for a person; all are in the store. */
  readonly rejections: readonly {
    readonly customerId: string;
    readonly code: string;
    readonly message: string;
  }[];
  readonly warnings: readonly string[];
};
