import { pino } from 'pino';
import type { Logger } from '../lib/logger.ts';
import { redacted } from '../lib/redact.ts';
import type { Screen } from './screen.ts';

/** pino on stderr, above the status line. */
export function screenLog(screen: Pick<Screen, 'write'>, level: string): Logger {
  return pino(
    { level, base: null, formatters: { log: redacted } },
    { write: (line) => screen.write(line) },
  );
}
