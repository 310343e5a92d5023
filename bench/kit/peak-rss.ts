import { readFileSync } from 'node:fs';

/** The kernel's own high-water mark, read until the process is gone. */
export function watchPeak(pid: number): () => number {
  let kilobytes = 0;
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? kilobytes);
    } catch {
      // Gone between two looks, or a machine without /proc: the last figure stands.
    }
  }, 50);
  return () => {
    clearInterval(timer);
    return Math.round(kilobytes / 1024);
  };
}
