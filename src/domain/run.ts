import type { ConnectionId, PlanId, RunId } from './ids.ts';
import type { Instant } from './time.ts';

export const runOutcomes = [
  'done',
  'done-with-rejections',
  /** Its plan waits for a person's word. */
  'held',
  'checkpoint',
  'paused',
  'failed',
] as const;
export type RunOutcome = (typeof runOutcomes)[number];

/** One pass over one connection. */
export type Run = {
  readonly id: RunId;
  readonly connection: ConnectionId;
  /** Who started it; `service` is what runs by itself. */
  readonly actor: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** `null` while it runs, and after a crash. */
  readonly outcome: RunOutcome | null;
  readonly planId: PlanId | null;
  /** What it did and found, as `--json` prints it. */
  readonly report: unknown;
};
