/** How long a bulk job takes, in milliseconds of the org's clock. */
export interface JobPace {
  /** In state ADDED. */
  readonly queuedMs: number;
  /** At work, whatever the rows. */
  readonly fixedMs: number;
  /** At work, besides, for every 1,000 rows. */
  readonly perThousandMs: number;
}

/** Quick, and yet such that a job can be seen before it is done. */
export const quickJobs: JobPace = { queuedMs: 5, fixedMs: 20, perThousandMs: 0.5 };

/** When a job made at `createdAt` starts to work. */
export function startOf({ queuedMs }: JobPace, createdAt: number): number {
  return createdAt + queuedMs;
}

/** When it is done. */
export function endOf(pace: JobPace, createdAt: number, rows: number): number {
  return startOf(pace, createdAt) + pace.fixedMs + (pace.perThousandMs * rows) / 1_000;
}

/** Rows done by `now`, of all. */
export function rowsDone(pace: JobPace, createdAt: number, rows: number, now: number): number {
  const start = startOf(pace, createdAt);
  const share = (now - start) / Math.max(1, endOf(pace, createdAt, rows) - start);
  return Math.floor(rows * Math.min(1, Math.max(0, share)));
}
