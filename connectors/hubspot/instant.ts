import type { Instant } from '../../src/domain/time.ts';

/** ISO 8601 or epoch ms, as HubSpot writes moments (facts §3.1); `null` for anything else. */
export function parseMoment(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text === '') return null;
  const ms = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(ms) || Math.abs(ms) > 8.64e15 ? null : ms;
}

export function toInstant(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** The moment as an `Instant`; `null` when the text is none. */
export function readInstant(text: string | null | undefined): Instant | null {
  const ms = parseMoment(text);
  return ms === null ? null : toInstant(ms);
}
