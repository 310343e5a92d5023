import type { AuditFact } from '../domain/audit.ts';
import type { Unlisted } from '../domain/baseline.ts';
import type { Customer } from '../domain/customer.ts';
import type { Deal } from '../domain/deal.ts';
import type { ConnectionId, RecordId, RunId } from '../domain/ids.ts';
import type { PullObject, PullTask } from '../domain/pull-task.ts';
import type { Removal } from '../domain/removal.ts';

/** A pull that was begun; there is at most one a connection. */
export type OpenPull = {
  readonly mode: 'full' | 'delta';
  readonly runId: RunId;
  /** To be saved when the last task is done. */
  readonly watermark: string;
  readonly complete: readonly PullObject[];
  /** Tasks not done, with the cursor of the last stored page. */
  readonly tasks: readonly PullTask[];
};

/** One page with its checkpoint: stored together or not at all. */
export type StoredPage = {
  readonly customers: readonly Customer[];
  readonly deals: readonly Deal[];
  readonly removals: readonly Removal[];
  /** The task this page came from. */
  readonly taskKey: string;
  readonly next: PullTask | null;
  readonly spawned: readonly PullTask[];
  /** From before it was read: see `PullStore.receipts`. Default: nothing was written meanwhile. */
  readonly receipts?: number;
};

export type PullStore = {
  readonly watermark: (connection: ConnectionId) => Promise<string | null>;
  readonly open: (connection: ConnectionId) => Promise<OpenPull | null>;
  /**
   * Whether everything is to be read again: no full pull began and ended since a rollback was written,
   * and what led to it may be something that no delta shows, as what a deal's stage means.
   */
  readonly isListingDue: (connection: ConnectionId) => Promise<boolean>;
  readonly begin: (
    connection: ConnectionId,
    pull: Omit<OpenPull, 'tasks'> & { readonly tasks: readonly PullTask[] },
  ) => Promise<void>;
  /**
   * Upserts by record id, ignoring a row older (`modifiedAt`) than the stored one; marks as dirty
   * each customer whose own row changed in substance, or whose deals or their sharing changed: the
   * old customers of a deal and the new ones. A merged customer's deals move to the record it became.
   */
  readonly savePage: (connection: ConnectionId, page: StoredPage) => Promise<PageEffect>;
  /**
   * Names the last receipt of now. A page that was read after it may show the records that are written
   * meanwhile as they were before: what is known of what they hold stays.
   */
  readonly receipts: () => Promise<number>;
  /** Names the pull of now; see `saveNamed`. */
  readonly mark: (connection: ConnectionId) => Promise<number>;
  /**
   * Stores records that were read by name, beside any pull, as `savePage` does. `mark` is from before
   * they were read: a pull that began after it must still find them.
   */
  readonly saveNamed: (connection: ConnectionId, page: NamedPage) => Promise<NamedEffect>;
  /**
   * All tasks are done: removes what a complete listing did not name (only rows stored before the
   * pull began), saves the watermark, closes the pull. Dirty marks stay. `fact`: what the log is told
   * of it.
   */
  readonly finish: (
    connection: ConnectionId,
    fact?: AuditFact | null,
  ) => Promise<{ readonly removed: number }>;
  /** What `finish` would remove now because a complete listing did not name it. */
  readonly unlisted: (connection: ConnectionId) => Promise<Readonly<Record<PullObject, Unlisted>>>;
  /** Drops an open pull whose cursors are of no use any more. */
  readonly abandon: (connection: ConnectionId) => Promise<void>;
};

/** Records read by name. */
export type NamedPage = Pick<StoredPage, 'customers' | 'deals' | 'removals' | 'receipts'> & {
  readonly mark: number;
};

/** `touched`: the customers that were marked as dirty. */
export type NamedEffect = PageEffect & { readonly touched: readonly RecordId[] };

export type PageEffect = {
  readonly customersChanged: number;
  readonly dealsChanged: number;
  /** Rows older than what is stored, ignored. */
  readonly stale: number;
};
