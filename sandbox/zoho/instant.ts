const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/;

interface Offset {
  readonly ms: number;
  readonly text: string;
}

/** Of one zone. `Intl` is slow and zones change on a quarter of an hour, so each is asked once. */
class Zone {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, Offset>();
  // Records loaded together share their times; most texts are the one before.
  #lastMs = Number.NaN;
  #lastText = '';

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' });
  }

  text(ms: number): string {
    if (ms === this.#lastMs) return this.#lastText;
    const { ms: shift, text } = this.#offsetAt(Math.floor(ms / QUARTER));
    const local = new Date(Math.floor(ms / 1_000) * 1_000 + shift).toISOString();
    this.#lastMs = ms;
    this.#lastText = local.slice(0, 'yyyy-mm-ddThh:mm:ss'.length) + text;
    return this.#lastText;
  }

  #offsetAt(quarter: number): Offset {
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    const parts = this.#format.formatToParts(quarter * QUARTER);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
    const text = name === 'GMT' ? '+00:00' : name.slice('GMT'.length);
    const [hours = '', minutes = ''] = text.slice(1).split(':');
    const size = (Number(hours) * 60 + Number(minutes)) * MINUTE;
    const offset = { ms: text.startsWith('-') ? -size : size, text };
    this.#offsets.set(quarter, offset);
    return offset;
  }
}

const zones = new Map<string, Zone>();

/** `2026-11-22T07:00:00+05:30`: whole seconds, and the offset of the IANA zone (facts §9). */
export function instantText(ms: number, timeZone: string): string {
  const zone = zones.get(timeZone) ?? new Zone(timeZone);
  zones.set(timeZone, zone);
  return zone.text(ms);
}

/** Epoch milliseconds of an ISO date-time with its offset; `undefined` for anything else. */
export function parseInstant(text: string): number | undefined {
  if (!ISO.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
