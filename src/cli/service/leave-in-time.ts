import type { Logger } from '../../lib/logger.ts';

/** Whoever stops us (systemd, Docker, Kubernetes) waits for 20 seconds at least where told so. */
const mostMs = 18_000;

/**
 * Ends the process when it has not ended by itself in time. Nothing is lost by that: it is what a crash
 * is, after which what may have been sent is read back first (ADR 7).
 */
export function leaveInTime(signal: AbortSignal, log: Logger): void {
  const begin = (): void => {
    const timer = setTimeout(() => {
      log.error({ afterMs: mostMs }, 'service.cut-off');
      process.exit(0);
    }, mostMs);
    timer.unref();
  };
  signal.addEventListener('abort', begin, { once: true });
}
