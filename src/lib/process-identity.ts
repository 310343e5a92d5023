import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from a later one that got the same number. */
export type ProcessIdentity = {
  readonly pid: number;
  readonly host: string;
  /** Start time as the kernel counts it, with the boot it belongs to; `null` where it does not tell. */
  readonly started: string | null;
};

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) };
}

/** A process of another machine cannot be asked, so it counts as running; number 0 is nobody. */
export function isRunning({ pid, host, started }: ProcessIdentity): boolean {
  if (pid <= 0) return false;
  if (host !== hostname()) return true;
  if (!answers(pid)) return false;
  const now = startOf(pid);
  return started === null || now === null || started === now;
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Field 22 of `/proc/<pid>/stat`, counted behind the name, which may hold spaces itself. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return ticks === undefined ? null : `${boot}/${ticks}`;
  } catch {
    return null;
  }
}
