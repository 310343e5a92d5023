import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { App } from '../../src/app.ts';
import { openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { mapInParallel } from '../../src/connector/map-in-parallel.ts';
import { silentProgress } from '../../src/domain/progress.ts';
import type { WorkQueue } from '../../src/jobs/work-queue.ts';
import { systemClock as clock } from '../../src/lib/clock.ts';
import { silentLogger as log } from '../../src/lib/logger.ts';
import { provisionConnection } from '../../src/run/provision.ts';
import { startPostgres } from '../calls/postgres.ts';
import { heldTwice } from './held-twice.ts';
import { openPortals, type Portals, type PortalsSize } from './portals.ts';
import { startWorkers } from './workers.ts';

export type RoundOptions = PortalsSize & {
  readonly workers: number;
  /** Portals that a worker works on at once. */
  readonly parallel: number;
  readonly limitMinutes: number;
};

export type Round = {
  readonly workers: number;
  readonly seconds: number;
  readonly portalsPerMinute: number;
  readonly calls: number;
  readonly runs: number;
  readonly unfinished: number;
  readonly heldTwice: number;
  readonly tooMany: number;
};

/**
 * All portals have their fields and nothing else; each is asked for a full run, and the workers are at
 * it from the first to the last. Meanwhile each is said to have work again and again, so that a second
 * worker would take it if anything let it.
 */
export async function round(options: RoundOptions): Promise<Round> {
  const postgres = await startPostgres();
  const portals = await openPortals(options);
  const folder = await mkdtemp(join(tmpdir(), 'assay-scale-'));
  const config = join(folder, 'assay.yaml');
  await writeFile(config, stringify(portals.config, { aliasDuplicateObjects: false }));
  const variables = { HUBSPOT_TOKEN: portals.token, DATABASE_URL: postgres.url };
  const app = await openApp({
    config: loadConfig({ folder: process.cwd(), variables, configFile: config }),
    ...{ policy: loadPolicy('config/policy.yaml', process.cwd()), clock, log },
  });
  const workers = { count: options.workers, parallel: options.parallel, config, variables };
  try {
    await provision(app, portals);
    portals.resetCalls();
    return await timed(app, portals, workers, options);
  } finally {
    await app.close();
    await portals.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function provision(app: App, { names }: Portals): Promise<void> {
  const { signal } = new AbortController();
  await mapInParallel(names, 8, async (name) => {
    const opened = await app.openConnection(name, { progress: silentProgress, signal });
    try {
      const options = { remove: false, rebuildDeletedLists: false };
      await provisionConnection(opened.context, options);
    } finally {
      await opened.close();
    }
  });
}

async function timed(
  app: App,
  portals: Portals,
  start: Parameters<typeof startWorkers>[0],
  { workers: count, limitMinutes }: RoundOptions,
): Promise<Round> {
  const queue = await app.queue();
  const workers = await startWorkers(start);
  const since = performance.now();
  const now = new Date(clock.now()).toISOString();
  for (const connection of portals.names) {
    await app.store.work.ask(connection, { full: true }, now);
    await queue.send({ connection, reason: 'manual' });
  }
  const asking = new AbortController();
  const asked = askAgain(queue, portals, asking.signal);
  const unfinished = await allDone(app, portals, since + limitMinutes * 60_000);
  asking.abort();
  await asked;
  const seconds = (performance.now() - since) / 1_000;
  await workers.stop();
  const events = workers.events();
  const done = portals.names.length - unfinished;
  return {
    ...{ workers: count, seconds: Math.round(seconds * 10) / 10, unfinished },
    portalsPerMinute: Math.round((done / seconds) * 600) / 10,
    ...{ calls: portals.calls(), tooMany: portals.tooMany() },
    runs: events.filter(({ event }) => event === 'run.end').length,
    heldTwice: heldTwice(events),
  };
}

async function askAgain(
  queue: Pick<WorkQueue, 'send'>,
  { names }: Portals,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await delay(3_000, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted)
      for (const connection of names) await queue.send({ connection, reason: 'schedule' });
  }
}

/** Portals whose run has not ended by then. */
async function allDone({ store }: App, { names }: Portals, until: number): Promise<number> {
  let open: readonly string[] = names;
  while (open.length > 0 && performance.now() < until) {
    await delay(250);
    const found = await Promise.all(
      open.map(async (name) => ({ name, asked: await store.work.asked(name) })),
    );
    open = found.flatMap(({ name, asked }) => (asked === null ? [] : [name]));
  }
  return open.length;
}
