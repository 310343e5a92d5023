import { isRunning, type ProcessIdentity, thisProcess } from '../lib/process-identity.ts';

/** Who holds a connection, as the lease row has it: `mill pid 4711 started 12/99`. */
export function holderText({ host, pid, started }: ProcessIdentity = thisProcess()): string {
  return `${host} pid ${pid} started ${started ?? 'unknown'}`;
}

/** The same for a person: `process 4711 on mill`. */
export function holderName(holder: string): string {
  const { host, pid } = partsOf(holder) ?? {};
  return host === undefined ? holder : `process ${pid} on ${host}`;
}

/** Whether the holder is known to be gone: a process of this machine that ended without a word. */
export function isGone(holder: string): boolean {
  const parts = partsOf(holder);
  return parts !== null && !isRunning(parts);
}

function partsOf(holder: string): ProcessIdentity | null {
  const [, host = '', pid = '', started = ''] = /^(.+) pid (\d+) started (.+)$/.exec(holder) ?? [];
  if (host === '') return null;
  return { host, pid: Number(pid), started: started === 'unknown' ? null : started };
}
