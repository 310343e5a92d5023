import { isRunning, type ProcessIdentity, thisProcess } from '../lib/process-identity.ts';

/** Who holds a connection, as the lease row and a person read it: `mill pid 4711 started 12/99`. */
export function holderText({ host, pid, started }: ProcessIdentity = thisProcess()): string {
  return `${host} pid ${pid} started ${started ?? 'unknown'}`;
}

/** Whether the holder is known to be gone: a process of this machine that ended without a word. */
export function isGone(holder: string): boolean {
  const match = /^(.+) pid (\d+) started (.+)$/.exec(holder);
  if (match === null) return false;
  const [, host = '', pid = '', started = ''] = match;
  return !isRunning({ host, pid: Number(pid), started: started === 'unknown' ? null : started });
}
