import type { LocalDay } from '../domain/time.ts';
import { usageInvalid } from './usage-invalid.ts';

/** What was typed behind a command, checked against what it takes. */
export class Flags {
  readonly positionals: readonly string[];
  readonly #values: ReadonlyMap<string, readonly (string | true)[]>;

  /** @param values of each option all that was typed, in order. */
  constructor(
    values: ReadonlyMap<string, readonly (string | true)[]>,
    positionals: readonly string[] = [],
  ) {
    this.#values = values;
    this.positionals = positionals;
  }

  isSet(name: string): boolean {
    return this.#values.has(name);
  }

  /** Of an option that was given several times, the last. */
  text(name: string): string | undefined {
    return this.texts(name).at(-1);
  }

  texts(name: string): readonly string[] {
    return (this.#values.get(name) ?? []).filter((value) => value !== true);
  }

  /** @throws AssayError `USAGE_INVALID` for what is no day of the calendar, or has come nowhere yet. */
  day(name: string, now = Date.now()): LocalDay | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!isDay(value))
      throw usageInvalid(
        `--${name} takes a day such as 2026-11-22, not "${value}"`,
        'Write the day as YYYY-MM-DD.',
      );
    if (value > latestDay(now))
      throw usageInvalid(
        `--${name} ${value} lies in the future`,
        'Take today or a day before: as of a later one everybody would seem to have stopped buying.',
      );
    return value;
  }

  /** @throws AssayError `USAGE_INVALID` for what is no whole number from 0. */
  count(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (/^\d{1,9}$/.test(value)) return Number(value);
    throw usageInvalid(
      `--${name} takes a whole number, not "${value}"`,
      `Write for example --${name} 1000.`,
    );
  }
}

/** Today in the time zone that is furthest ahead. */
export function latestDay(now = Date.now()): LocalDay {
  return new Date(now + 14 * 3_600_000).toISOString().slice(0, 10);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
