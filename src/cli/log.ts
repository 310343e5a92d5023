import { pino } from 'pino';
import type { Logger } from '../lib/logger.ts';
import type { Screen } from './screen.ts';

/**
 * Names under which a secret might get into a log one day. Nobody logs one; this is the second net.
 * Secrets of ours print as `[secret]` by themselves.
 */
const secretNames = [
  ...['token', 'accessToken', 'access_token', 'refreshToken', 'refresh_token', 'apiKey', 'secret'],
  ...['clientSecret', 'client_secret', 'password', 'authorization', 'Authorization', 'cookie'],
  ...['channelToken', 'databaseUrl', 'connectionString', 'signature', 'credential'],
];

const redact = {
  paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
  censor: '[secret]',
};

/** pino on stderr, above the status line. */
export function screenLog(screen: Pick<Screen, 'write'>, level: string): Logger {
  return pino({ level, base: null, redact }, { write: (line) => screen.write(line) });
}
