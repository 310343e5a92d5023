/** A rate limit: at most so many calls in any window. */
export type Permitted = { readonly perWindow: number; readonly windowMs: number };

/**
 * Share of the permitted rate that a phase used, between its first call and its last: the calls made
 * against those that a perfect client could have made in as long. `null`: too short to tell.
 * `times`: arrivals, ascending.
 */
export function rateUsed(
  times: readonly number[],
  { perWindow, windowMs }: Permitted,
): number | null {
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return null;
  const windows = Math.floor((last - first) / windowMs);
  // Whole windows only: within one a client may wait or burst as it likes.
  if (windows === 0) return null;
  const counted = times.filter((at) => at < first + windows * windowMs).length;
  return Math.round((1_000 * counted) / (windows * perWindow)) / 1_000;
}
