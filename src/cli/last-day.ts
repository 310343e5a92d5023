import { dayNumber } from '../domain/day.ts';
import type { Flags } from './flags.ts';
import { usageInvalid } from './usage-invalid.ts';

/** The day of `--as-of` since 1970-01-01, which `command` cannot do without. */
export function lastDay(flags: Flags, command: string): number {
  const day = dayNumber(flags.day('as-of') ?? '');
  if (day !== null && day >= 0) return day;
  throw usageInvalid(
    day === null ? `assay ${command} needs --as-of <day>` : '--as-of is a day before 1970',
    'Write for example --as-of 2026-11-22.',
  );
}
