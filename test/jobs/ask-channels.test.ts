import { expect, it, onTestFinished } from 'vitest';
import { defaultSchedule, scheduleSchema } from '../../src/config/schedule-schema.ts';
import { askChannels } from '../../src/jobs/ask-channels.ts';
import { memoryQueue } from '../../src/jobs/memory-queue.ts';
import { tick } from '../../src/jobs/schedule.ts';
import { defaultRetryRules } from '../../src/jobs/verdict.ts';
import { silentLogger as log } from '../../src/lib/logger.ts';
import { openStore } from '../../src/store/open-store.ts';
import { newConnection } from '../contract/store/fixtures.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

it('a process that starts has subscriptions looked at, in case its address or key is another', async () => {
  let now = Date.parse('2026-11-22T12:00Z');
  const clock = { now: () => now, sleep: async () => undefined };
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  const store = await openStore({ databaseUrl: null, folder: folder.path, clock });
  onTestFinished(store.close);
  const queue = memoryQueue({ rules: defaultRetryRules, clock, log });
  const [subscribed, off, signed] = [newConnection(), newConnection(), newConnection()];
  const connections = [
    { connection: subscribed, schedule: defaultSchedule },
    { connection: off, schedule: scheduleSchema.parse({ channels: 'off' }) },
    { connection: signed, schedule: defaultSchedule },
  ];
  const source = { connections, store, queue, clock, log };
  const start = async (): Promise<readonly string[]> => {
    await tick(source);
    for (const { connection } of connections)
      for (const work of await store.schedules.due(connection))
        await store.schedules.done(connection, work);
    await askChannels(source, new Set([subscribed, off]));
    const asked: string[] = [];
    for (const { connection } of connections)
      for (const work of await store.schedules.due(connection)) {
        asked.push(`${connections.findIndex((one) => one.connection === connection)} ${work.kind}`);
        await store.schedules.done(connection, work);
      }
    return asked;
  };
  expect(await start()).toEqual(['0 renew-channels']);
  now += 60_000;
  // It restarts again and again: each look costs calls.
  expect(await start()).toEqual([]);
  now += 3_600_000;
  expect(await start()).toEqual(['0 renew-channels']);
}, 30_000);
