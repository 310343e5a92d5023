import type { Instant } from '../domain/time.ts';
import { usageInvalid } from './usage-invalid.ts';

/**
 * An instant as typed: with its zone, for nobody knows whose midnight is meant.
 * @throws AssayError `USAGE_INVALID`.
 */
export function instantOf(option: string, text: string, now = Date.now()): Instant {
  const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
  const at = shape.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw usageInvalid(
      `--${option} takes a time with its zone, not "${text}"`,
      `Write for example --${option} 2026-11-22T09:00Z, or 2026-11-22T10:00+01:00.`,
    );
  if (at > now)
    throw usageInvalid(`--${option} ${text} lies in the future`, 'Take a time before now.');
  return new Date(at).toISOString();
}
