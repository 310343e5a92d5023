import { existsSync, writeFileSync } from 'node:fs';
import { openApp } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { loadPolicy } from '../../../src/config/load-policy.ts';
import { workConnection } from '../../../src/jobs/holder.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import type { Heard } from './live.ts';

const settings = { debounceMs: 0, maxWaitMs: 1_000, restMs: 0, sliceMs: 300_000 };

/** In this folder: what is due is asked for once, while what tells of it may come again. */
const dueOnce = 'due';

/** A worker that is told, as a delivery that comes again tells. */
export async function hear({ hints, isRunDue, asOf }: Heard): Promise<0> {
  const folder = process.cwd();
  const config = loadConfig({ folder, variables: process.env });
  const policy = loadPolicy(config.policyFile, folder);
  const [clock, log] = [systemClock, silentLogger];
  const app = await openApp({ config, policy, clock, log });
  const now = new Date(clock.now()).toISOString();
  if (isRunDue && !existsSync(dueOnce)) await app.store.work.ask('main', { full: false }, now);
  if (isRunDue) writeFileSync(dueOnce, '');
  else await app.store.inbox.add('main', hints, now);
  await workConnection(
    {
      ...{ store: app.store, open: app.openConnection, settings, clock, log, asOf },
      queue: { send: async () => undefined },
      chore: async () => undefined,
    },
    { connection: 'main', reason: isRunDue ? 'schedule' : 'webhook' },
    new AbortController().signal,
  );
  await app.close();
  return 0;
}
