import type { Instant } from '../domain/time.ts';
import type { ProcessIdentity } from '../lib/process-identity.ts';

/** What a lock file says. */
export type LockHolder = ProcessIdentity & {
  readonly since: Instant;
  /** Unlike that of any other lock. */
  readonly token: string;
  /** Where it lets other processes in; `null`: nowhere. */
  readonly socket: string | null;
};

/** A file that is no lock of ours names nobody who runs, so that it can be taken over. */
export function parseHolder(text: string): LockHolder {
  const value = parseJson(text);
  return {
    pid: typeof value['pid'] === 'number' ? value['pid'] : 0,
    host: textOf(value['host']),
    started: typeof value['started'] === 'string' ? value['started'] : null,
    since: textOf(value['since']),
    token: textOf(value['token']),
    socket: typeof value['socket'] === 'string' ? value['socket'] : null,
  };
}

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : 'unknown';
}
