import type { LocalDay } from '../../../src/domain/time.ts';
import { workConnection } from '../../../src/jobs/holder.ts';
import type { Desk } from './desk.ts';

/** Nobody waits in a life that is not about waiting. */
const settings = { debounceMs: 0, maxWaitMs: 1_000, restMs: 0, sliceMs: 300_000 };

/** A worker does what the store says is to do: webhooks, and beside them a run that was asked for. */
export async function workOnce(
  { app, clock, log }: Desk,
  asOf: LocalDay,
  signal: AbortSignal,
): Promise<void> {
  await workConnection(
    {
      ...{ store: app.store, open: app.openConnection, settings, clock, log, asOf },
      queue: { send: async () => undefined },
      chore: async () => undefined,
    },
    { connection: 'main', reason: 'manual' },
    signal,
  );
}
