import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';

/**
 * What is to do for a connection beyond its inbox, its open pull and its half-applied plan: whether
 * somebody asked for a run, and whether a person has to act first (ADR 13).
 */
export type WorkStore = {
  /** Several that ask become one; a full run is asked for until one has ended. */
  readonly ask: (
    connection: ConnectionId,
    run: { readonly full: boolean },
    now: Instant,
  ) => Promise<void>;
  readonly asked: (connection: ConnectionId) => Promise<AskedRun | null>;
  /** A slice of the asked run ended; nothing when it was asked for again meanwhile. */
  readonly advance: (
    connection: ConnectionId,
    asked: AskedRun,
    now: Pick<AskedRun, 'full' | 'isPulled'>,
  ) => Promise<void>;
  /** The asked run ended; nothing when it was asked for again meanwhile. */
  readonly done: (connection: ConnectionId, asked: AskedRun) => Promise<void>;
  /** Nothing goes on by itself until a person has acted; the next schedule looks whether one has. */
  readonly pause: (connection: ConnectionId, reason: PauseReason, now: Instant) => Promise<void>;
  readonly resume: (connection: ConnectionId) => Promise<void>;
  readonly paused: (connection: ConnectionId) => Promise<Pause | null>;
};

export type AskedRun = {
  readonly askedAt: Instant;
  readonly full: boolean;
  /** A slice of it has read everything: what is left needs no second full pull. */
  readonly isPulled: boolean;
};

/** Of the error that paused it. */
export type PauseReason = {
  readonly code: string;
  readonly message: string;
  readonly todo: string;
};

export type Pause = PauseReason & { readonly pausedAt: Instant };
