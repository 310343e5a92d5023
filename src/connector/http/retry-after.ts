/** Longest wait inside a run that a CRM may ask for: a lease is held and a person may be waiting. */
export const longestWaitMs = 300_000;

/** Of a `Retry-After` header, in seconds or as a date, in ms; `null` when it says nothing. */
export function retryAfterMs(header: string | null, now = Date.now()): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds * 1_000));
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

type Wait =
  | { readonly disposition: 'wait'; readonly waitMs: number }
  | { readonly disposition: 'end-at-checkpoint'; readonly todo: string };

/** Waits as long as was asked; longer than a run may, and it ends at its checkpoint. */
export function waitOf(waitMs: number): Wait {
  if (waitMs <= longestWaitMs) return { disposition: 'wait', waitMs };
  const minutes = Math.ceil(waitMs / 60_000);
  const time = minutes < 10_000 ? `In ${minutes} minutes` : 'Later';
  const todo = `${time}, as the CRM asks, run again: it goes on from here.`;
  return { disposition: 'end-at-checkpoint', todo };
}
