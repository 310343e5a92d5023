import type { ConnectionId } from '../domain/ids.ts';

/** Why somebody thinks that a connection has work; what work, the store tells (ADR 13). */
export const workReasons = ['schedule', 'webhook', 'continue', 'manual'] as const;
export type WorkReason = (typeof workReasons)[number];

export type WorkMessage = { readonly connection: ConnectionId; readonly reason: WorkReason };

/** A message that failed too often, or for a reason that no repetition mends. */
export type DeadLetter = {
  readonly id: string;
  readonly message: WorkMessage;
  /** The last error's code and text, without secrets or personal data. */
  readonly code: string;
  readonly error: string;
  readonly attempts: number;
  readonly failedAt: string;
};

/** What waits: for `/metrics` and `assay dead-letters`. */
export type QueueDepth = {
  readonly waiting: number;
  readonly oldestMs: number | null;
  readonly dead: number;
};

/**
 * Says that connections have work. Messages may come twice, late or not at all: whoever works looks
 * into the store. Of one connection at most one message is being worked on at a time.
 */
export type WorkQueue = {
  /** Several that wait for the same connection become one. */
  readonly send: (message: WorkMessage, options?: { readonly delayMs?: number }) => Promise<void>;
  /**
   * Hands messages to `work` until `signal` aborts, `parallel` connections at once; resolves when the
   * last is done. A `work` that throws is tried again by its error's disposition, then dead.
   */
  readonly consume: (
    work: (message: WorkMessage, signal: AbortSignal) => Promise<void>,
    options: { readonly parallel: number; readonly signal: AbortSignal },
  ) => Promise<void>;
  readonly depth: () => Promise<QueueDepth>;
  readonly deadLetters: () => Promise<readonly DeadLetter[]>;
  /** Puts one back, or all. @returns how many. */
  readonly retryDead: (id: string | 'all') => Promise<number>;
  readonly close: () => Promise<void>;
};
