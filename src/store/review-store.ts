import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { KeptReview } from '../domain/review.ts';
import type { LocalDay } from '../domain/time.ts';

/** A live scored customer, as a review reads it; who opted out or is out of scope is left out. */
export type ReviewRow = {
  readonly customer: RecordId;
  readonly tier: string | null;
  readonly value: number | null;
  readonly lastOrderOn: LocalDay | null;
  readonly orders: number;
  readonly netMinor: number;
  /** Of the record, 0–100. */
  readonly completeness: number;
  readonly classes: Readonly<Record<string, string>>;
  /** Whether the customer had a score at the last review, and its tier then. */
  readonly isKnown: boolean;
  readonly tierBefore: string | null;
};

/** Looks at the standard again, once a quarter or half-year. */
export type ReviewStore = {
  /** The newest; `null`: none was done. */
  readonly last: (connection: ConnectionId) => Promise<KeptReview | null>;
  /** By customer id ascending, beside what the customer was at the last review. */
  readonly rows: (
    connection: ConnectionId,
    select: { readonly after: RecordId | null; readonly limit: number },
  ) => Promise<readonly ReviewRow[]>;
  /** Keeps what a review found as the last one's, with a row of the log. */
  readonly done: (
    connection: ConnectionId,
    review: KeptReview & { readonly why: string; readonly nextOn: LocalDay | null },
  ) => Promise<void>;
};
