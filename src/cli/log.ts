import { pino } from 'pino';
import type { Logger } from '../lib/logger.ts';
import type { Screen } from './screen.ts';

/** pino on stderr, above the status line. */
export function screenLog(screen: Screen, level: string): Logger {
  return pino({ level, base: null }, { write: (line) => screen.write(line) });
}
