import type { Instant } from '../domain/time.ts';

/** Whom and when the log names for what the store itself tells: runs, plans, writes. */
export type Author = {
  readonly actor: string;
  readonly now: () => Instant;
};
