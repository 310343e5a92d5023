import type { ConnectionId } from '../domain/ids.ts';

/** Why somebody thinks that a connection has work; what work, the store tells (ADR 13). */
export const workReasons = ['schedule', 'webhook', 'continue', 'manual'] as const;
export type WorkReason = (typeof workReasons)[number];

export type WorkMessage = { readonly connection: ConnectionId; readonly reason: WorkReason };

/** A message that failed too often, or for a reason that no repetition mends. */
export type DeadLetter = {
  readonly id: string;
  /** `null`: what stood in the queue is no message of ours. */
  readonly message: WorkMessage | null;
  /** Of the last error, without secrets or personal data. */
  readonly code: string;
  readonly error: string;
  /** What a person does about it. */
  readonly todo: string;
  /** How often it was worked on in vain. */
  readonly attempts: number;
  readonly failedAt: string;
};

/** What waits: for `/metrics` and `assay dead-letters`. */
export type QueueDepth = {
  /** Messages, delayed ones included; what is being worked on is not. */
  readonly waiting: number;
  /** How long the oldest could have been worked on already; `null`: none could, or the queue cannot say (SQS). */
  readonly oldestMs: number | null;
  readonly dead: number;
};

/** Does what the store says is to do for a connection; ends soon when `signal` aborts. */
export type Work = (message: WorkMessage, signal: AbortSignal) => Promise<void>;

export type ConsumeOptions = {
  /** Connections that are worked on at once. */
  readonly parallel: number;
  readonly signal: AbortSignal;
};

/**
 * Says that connections have work. Messages may come twice, late or not at all: whoever works looks
 * into the store. Of one connection at most one message is being worked on at a time.
 */
export type WorkQueue = {
  /**
   * Several that wait for the same connection become one, worked on at the earliest of their times
   * (SQS: those of the same reason within two seconds; others cost a look each). One that waits
   * because its connection failed is not hurried by a new one.
   * @throws AssayError `QUEUE_UNAVAILABLE` (retry).
   */
  readonly send: (message: WorkMessage, options?: { readonly delayMs?: number }) => Promise<void>;
  /**
   * Hands messages to `work` until `signal` aborts, `parallel` connections at once; resolves when the
   * last is done. A `work` that throws is tried again by its error's disposition, then dead; one that
   * throws because it was stopped is put back as it was. A queue that cannot be reached is waited for.
   */
  readonly consume: (work: Work, options: ConsumeOptions) => Promise<void>;
  readonly depth: () => Promise<QueueDepth>;
  /** Oldest first. */
  readonly deadLetters: () => Promise<readonly DeadLetter[]>;
  /** Puts one back, or all. @returns how many. */
  readonly retryDead: (id: string | 'all') => Promise<number>;
  readonly close: () => Promise<void>;
};
