import { schedule } from 'node-cron';
import type { Logger } from '../lib/logger.ts';

/** node-cron speaks sentences; what matters of them is told as events below. */
const quiet = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
};

/**
 * Calls `tick` at every full minute, never twice at once: what is due is found there, from the store.
 * A tick that fails is told, and the next one finds the same. @returns what ends it.
 */
export function startTicker(
  tick: () => Promise<unknown>,
  log: Logger,
): { readonly stop: () => Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const once = async (): Promise<void> => {
    running = tick().catch((error: unknown) => {
      const code = error instanceof Error && 'code' in error ? error.code : 'UNEXPECTED';
      log.error({ code }, 'schedule.tick-failed');
    });
    await running;
  };
  const options = { noOverlap: true, name: 'assay', timezone: 'UTC', logger: quiet };
  const task = schedule('* * * * *', once, { ...options, suppressMissedWarning: true });
  return {
    stop: async () => {
      await task.destroy();
      await running;
    },
  };
}
