import type { Instant } from '../../src/domain/time.ts';

// Years 1 to 9999: a typing slip such as 20111 is no date, and no database would take it. A day from
// either end, so that it is a day of those years in every time zone.
const earliest = Date.parse('0001-01-02T00:00:00Z');
const latest = Date.parse('9999-12-31T00:00:00Z');

/** ISO 8601 or epoch ms, as HubSpot writes moments (BEHAVIOR 24); `null` for anything else. */
export function parseMoment(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text === '') return null;
  const ms = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  return ms >= earliest && ms <= latest ? ms : null;
}

export function toInstant(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** The moment as an `Instant`; `null` when the text is none. */
export function readInstant(text: string | null | undefined): Instant | null {
  const ms = parseMoment(text);
  return ms === null ? null : toInstant(ms);
}
