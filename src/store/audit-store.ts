import type { AuditHead, AuditRow, ChainVerdict } from '../domain/audit.ts';
import type { Instant } from '../domain/time.ts';

/** Looks at the log; only `appendAudit` writes to it, and `eraseDetails` takes out of it. */
export type AuditStore = {
  /** Rows that were written last, newest last, and before `before` where it is given. */
  readonly latest: (select: AuditSelect) => Promise<readonly AuditRow[]>;
  /** Chains that have rows or a head, by name. */
  readonly chains: () => Promise<readonly string[]>;
  /** Rows of a chain as they are stored, behind a position, in order: for an export. */
  readonly stored: (
    chain: string,
    select: { readonly after: number; readonly limit: number },
  ) => Promise<readonly StoredAuditRow[]>;
  /** Looks through the chains in order; one that is broken does not hold the others up. */
  readonly verify: (select: AuditCheck) => AsyncIterable<ChainVerdict>;
};

export type AuditSelect = {
  /** `null`: all. */
  readonly chain: string | null;
  readonly kinds: readonly string[] | null;
  readonly actor: string | null;
  readonly since: Instant | null;
  /** The row that the page ends before. */
  readonly before: Pick<AuditHead, 'chain' | 'position'> | null;
  readonly limit: number;
};

export type AuditCheck = {
  /** `null`: all. */
  readonly chain: string | null;
  /** Also what is stored of plans and writes against what the log says of them. */
  readonly deep: boolean;
  /** Heads that were noted earlier and must still be in the log. */
  readonly noted: readonly AuditHead[];
  readonly signal: AbortSignal;
};

/** All that a row's hash and its commitment are over. */
export type StoredAuditRow = {
  readonly chain: string;
  readonly position: number;
  readonly at: Instant;
  readonly actor: string;
  readonly kind: string;
  /** Canonical JSON. */
  readonly facts: string;
  readonly customers: readonly string[] | null;
  /** Canonical JSON. */
  readonly detail: string | null;
  readonly salt: string | null;
  readonly commitment: string;
  readonly hash: string;
};
