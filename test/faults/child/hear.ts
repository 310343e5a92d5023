import { openApp } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { loadPolicy } from '../../../src/config/load-policy.ts';
import type { Hint } from '../../../src/domain/hint.ts';
import { workConnection } from '../../../src/jobs/holder.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';

const settings = { debounceMs: 0, maxWaitMs: 1_000, restMs: 0, sliceMs: 300_000 };

/** A worker that is told of these webhooks, as a delivery that comes again tells of them. */
export async function hear({
  hints,
  asOf,
}: {
  readonly hints: readonly Hint[];
  readonly asOf: string;
}): Promise<0> {
  const folder = process.cwd();
  const config = loadConfig({ folder, variables: process.env });
  const policy = loadPolicy(config.policyFile, folder);
  const [clock, log] = [systemClock, silentLogger];
  const app = await openApp({ config, policy, clock, log });
  await app.store.inbox.add('main', hints, new Date(clock.now()).toISOString());
  await workConnection(
    {
      ...{ store: app.store, open: app.openConnection, settings, clock, log, asOf },
      queue: { send: async () => undefined },
      chore: async () => undefined,
    },
    { connection: 'main', reason: 'webhook' },
    new AbortController().signal,
  );
  await app.close();
  return 0;
}
