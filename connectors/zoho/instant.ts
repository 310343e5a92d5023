import type { Instant, LocalDay } from '../../src/domain/time.ts';
import { localDay } from '../../src/lib/local-day.ts';

// Years 1 to 9999: a typing slip such as 20111 is no date, and no database would take it. A day from
// either end, so that it is a day of those years in every time zone.
const earliest = Date.parse('0001-01-02T00:00:00Z');
const latest = Date.parse('9999-12-31T00:00:00Z');
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const hourMs = 3_600_000;

/** A date-time as Zoho writes it, with its offset (facts §9); `null` for anything else. */
export function parseMoment(text: string | null | undefined): number | null {
  if (text === null || text === undefined || !moment.test(text)) return null;
  const ms = Date.parse(text);
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

/** As Zoho takes it, in whole seconds: `2026-11-22T07:00:00+00:00`. */
export function wireTime(instant: Instant): string {
  return `${instant.slice(0, 19)}+00:00`;
}

/** Whole seconds, as Zoho's own times are: one that is not would lie behind equal ones. */
export function wholeSecond(ms: number): Instant {
  return toInstant(Math.floor(ms / 1_000) * 1_000);
}

const starts = new Map<string, number>();

/** When the day begins in the zone: what a date without a time stands for. */
export function startOfDay(day: LocalDay, timeZone: string): Instant {
  const key = `${timeZone} ${day}`;
  const known = starts.get(key) ?? findStart(day, timeZone);
  starts.set(key, known);
  return toInstant(known);
}

// Offsets reach from −12 to +14 hours; local days only move forward, so its begin can be bisected.
function findStart(day: LocalDay, timeZone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  let [before, on] = [midnight - 15 * hourMs, midnight + 13 * hourMs];
  while (on - before > 1) {
    const middle = Math.floor((before + on) / 2);
    if (localDay(middle, timeZone) < day) before = middle;
    else on = middle;
  }
  return on;
}
