import type { Hold } from './hold.ts';
import type { ConnectionId, PlanId } from './ids.ts';
import type { QuotaUnit } from './quota.ts';
import type { RunOutcome } from './run.ts';
import type { Instant, LocalDay } from './time.ts';

/** What became of the changes and memberships of a plan. */
export type ReceiptTally = {
  readonly applied: number;
  readonly unchanged: number;
  readonly rejected: number;
};

/**
 * What happened while a connection was worked on, for metrics and alerts. Never with a record's id,
 * personal data or a secret.
 */
export type WorkEvent =
  | {
      /** One attempt at a call of a CRM. */
      readonly kind: 'call';
      readonly connection: ConnectionId;
      readonly crm: string;
      readonly endpoint: string;
      /** HTTP status; `null`: no answer came. */
      readonly status: number | null;
      readonly startedAt: number;
      readonly ms: number;
    }
  | {
      /** What we used of our share of a connection's quota. */
      readonly kind: 'quota';
      readonly connection: ConnectionId;
      readonly unit: QuotaUnit;
      readonly used: number;
      /** `null`: not known, or not limited. */
      readonly budget: number | null;
    }
  | {
      /** A run ended, well or not. */
      readonly kind: 'run';
      readonly connection: ConnectionId;
      readonly crm: string;
      readonly outcome: RunOutcome;
      readonly ms: number;
      /** Why it stopped early; `null` when it did not. */
      readonly stopped: Cause | null;
    }
  | {
      /** A rescoring of named records ended. */
      readonly kind: 'rescoring';
      readonly connection: ConnectionId;
      readonly crm: string;
      readonly customers: number;
      readonly ms: number;
    }
  | {
      /** A plan was carried out as far as it went. */
      readonly kind: 'receipts';
      readonly connection: ConnectionId;
      readonly crm: string;
      readonly fields: ReceiptTally;
      readonly lists: ReceiptTally;
    }
  | {
      /** What webhooks said is applied: since when each had happened by the CRM's clock, ms. */
      readonly kind: 'hints-done';
      readonly connection: ConnectionId;
      readonly lagsMs: readonly number[];
    }
  /** Another process took a connection over. */
  | { readonly kind: 'lease-lost'; readonly connection: ConnectionId }
  /** Nothing goes on until a person acts. */
  | { readonly kind: 'paused'; readonly connection: ConnectionId; readonly cause: Cause }
  /** A message of the queue was given up. */
  | { readonly kind: 'dead'; readonly connection: ConnectionId | null; readonly cause: Cause }
  /** A subscription to a CRM's webhooks was not renewed in time. */
  | {
      readonly kind: 'channel-lapsed';
      readonly connection: ConnectionId;
      readonly channels: number;
      readonly since: Instant;
    }
  | {
      /** A plan waits for a person's word; without a plan, a listing that is not believed. */
      readonly kind: 'held';
      readonly connection: ConnectionId;
      readonly by: readonly Hold['by'][];
      readonly planId: PlanId | null;
    }
  /** Customers whom the policy names are in a lower tier than before. */
  | {
      readonly kind: 'tiers-fell';
      readonly connection: ConnectionId;
      readonly falls: readonly TierFall[];
    }
  /** The standard is to be looked at again, since that day. */
  | { readonly kind: 'review-due'; readonly connection: ConnectionId; readonly on: LocalDay };

/** Of an error: its text is left out, for that may quote what a CRM answered. */
export type Cause = { readonly code: string; readonly todo: string };

export type TierFall = { readonly from: string; readonly to: string };

/** Told of what happens. Must not throw, and nobody waits for what it does. */
export type Tell = (event: WorkEvent) => void;

export const tellNobody: Tell = () => undefined;
