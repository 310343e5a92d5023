export type Backoff = {
  /** Longest wait before the second attempt. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** 0 (included) to 1 (excluded). */
  readonly random: () => number;
};

/**
 * How long to wait after failed attempt number `attempt` (from 1): doubling, at most `maxMs`, half
 * of it left to chance so that many callers do not come back at once.
 */
export function backoffMs(attempt: number, { baseMs, maxMs, random }: Backoff): number {
  const full = Math.min(maxMs, baseMs * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * random());
}
