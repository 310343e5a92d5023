import { openApp } from '../../../src/app.ts';
import type { Hint } from '../../../src/domain/hint.ts';
import { workConnection } from '../../../src/jobs/holder.ts';
import type { WorkReason } from '../../../src/jobs/work-queue.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { AS_OF, benchConfig } from '../../run/workbench.ts';
import { policy } from '../../score/default-policy.ts';
import { eager } from '../holding.ts';
import { watched } from './watched.ts';

/** What a holder in a process of its own is to do. */
export type HoldTask = {
  readonly folder: string;
  readonly url: string;
  readonly token: string;
  readonly reason: WorkReason;
  readonly asksFor: 'full' | 'nothing';
  /** What webhooks say, this time or again. */
  readonly hints: readonly Hint[];
  /** The method of the store that it is killed before, `null` for none. */
  readonly killedBefore: string | null;
};

const task: HoldTask = JSON.parse(process.argv[2] ?? '');
const now = () => new Date().toISOString();
const config = benchConfig(task, task.folder);
const log = silentLogger;
const app = await openApp({ config, policy, clock: systemClock, log });
if (task.asksFor === 'full') await app.store.work.ask('main', { full: true }, now());
await app.store.inbox.add('main', task.hints, now());
const store = watched(app.store, (method) => {
  if (method === task.killedBefore) process.kill(process.pid, 'SIGKILL');
});
await workConnection(
  {
    ...{ store, log, settings: eager, clock: systemClock, asOf: AS_OF },
    open: async (id, edge) => {
      const opened = await app.openConnection(id, edge);
      return { ...opened, context: { ...opened.context, store } };
    },
    queue: { send: async () => undefined },
    chore: async () => undefined,
  },
  { connection: 'main', reason: task.reason },
  new AbortController().signal,
);
await app.close();
