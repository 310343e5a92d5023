import { afterAll, beforeAll, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import { type App, openApp } from '../../src/app.ts';
import { serveApp } from '../../src/cli/service/serve-app.ts';
import type { Change } from '../../src/domain/change.ts';
import { dueKinds } from '../../src/domain/due-work.ts';
import { silentProgress } from '../../src/domain/progress.ts';
import type { LogFacts, Logger } from '../../src/lib/logger.ts';
import type { Policy } from '../../src/policy/schema.ts';
import type { RunContext } from '../../src/run/context.ts';
import { provisionConnection } from '../../src/run/provision.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { policy as shipped } from '../score/default-policy.ts';
import { peopleOf } from './day-of-people.ts';
import { fastClock } from './fast-clock.ts';
import { type CrmName, openServedCrms, type ServedCrms } from './served-crms.ts';

const crmNames: readonly CrmName[] = ['hubspot', 'zoho'];
const hourMs = 3_600_000;

/** A Saturday at noon: midnight, the nightly run and the weekly reconciliation lie in the day. */
const start = Date.parse('2026-11-21T12:00:00Z');
const days = { first: '2026-11-21', last: '2026-11-22' } as const;
/** A day is a good minute. */
const speed = 1_200;

/** What holds a tier still rests on the past, which an empty store does not know (ADR 10). */
const hold = { hysteresis: 0, graceDays: 0, stepsDown: 'any', review: 'anytime' } as const;
const policy: Policy = { ...shipped, tiers: { ...shipped.tiers, hold } };

const world = generatedWorld({ contacts: 150, deals: 500, seed: 3, until: days.first });
const clock = fastClock(start);
const schedule = { deltaMinutes: 60, timeZone: 'UTC' };
const work = { debounceMs: 2_000, maxWaitMs: 60_000, restMs: 20, sliceMs: 4_000 };
const stop = new AbortController();
const events = new Map<string, LogFacts[]>();
let crms: ServedCrms;
let app: App;

beforeAll(async () => {
  crms = await openServedCrms(world, clock.now, schedule);
  app = await open('served');
  for (const crm of crmNames)
    await connected(app, crm, (ctx) =>
      provisionConnection(ctx, { remove: false, rebuildDeletedLists: false }),
    );
}, 60_000);

afterAll(async () => {
  stop.abort();
  await app.close();
  await crms.close();
});

it('after a day of purchases and edits, with events lost, doubled, late and in no order, each portal is as a fresh run would leave it', async () => {
  const people = peopleOf(crms.hubspot.portal, crms.zoho.org, world, 7);
  const served = serve();
  await Promise.race([served, until(hasRun)]);
  await crms.tell();

  clock.pace(speed);
  for (let round = 0; round < 48; round += 1) {
    await Promise.race([served, clock.until(start + (round + 1) * (hourMs / 2))]);
    people.act(round, round < 24 ? days.first : days.last);
  }
  await crms.told();
  await Promise.race([served, clock.until(clock.now() + 3 * hourMs)]);
  clock.pace(1);
  await until(isQuiet);
  stop.abort();
  await served;

  expect(Object.keys(people.done)).toHaveLength(14);
  expect(count('rescore.end')).toBeGreaterThan(20);
  expect(
    [...new Set(events.get('schedule.due')?.flatMap(({ kinds }) => kinds))].toSorted(),
  ).toEqual(dueKinds.toSorted());
  expect(count('run.end')).toBeGreaterThan(10);
  for (const crm of crmNames) {
    const { changes, lists, hash } = await freshRun(crm);
    expect(changes, `${crm}: fields that differ`).toEqual([]);
    expect(lists, `${crm}: members that differ`).toBe(0);
    expect(hash, `${crm}: scores`).toBe(await app.store.scores.hash(crm));
  }
}, 300_000);

async function serve(): Promise<void> {
  const startTicking = (look: () => Promise<unknown>) => {
    const looking = setInterval(() => void look().catch(noteError), 100);
    return { stop: async () => clearInterval(looking) };
  };
  const service = { app, clock, log, parallel: 2, signal: stop.signal };
  await serveApp(service, { host: '127.0.0.1', port: crms.port, startTicking });
}

/** Both are scored, written, and watched. */
async function hasRun(): Promise<boolean> {
  const runs = await Promise.all(crmNames.map((crm) => app.store.runs.latest(crm, 1)));
  const isDone = runs.every(([run]) => run?.outcome === 'done');
  return isDone && (await app.store.channels.load('zoho')).length > 0;
}

async function isQuiet(): Promise<boolean> {
  const queue = await app.queue();
  const { waiting, dead } = await queue.depth();
  if (dead > 0) throw new Error(JSON.stringify(await queue.deadLetters()));
  return waiting === 0 && (await app.store.schedules.waiting()).length === 0;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 90_000; !(await isSo()); ) {
    if (Date.now() > end) throw new Error(`It never came so far: ${told()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Reads everything into an empty store, and scores by the same cut points, which are frozen (ADR 6). */
async function freshRun(crm: CrmName) {
  const fresh = await open(`fresh-${crm}`);
  try {
    const cuts = await app.store.scores.cutPoints(crm);
    if (cuts !== null) await fresh.store.scores.saveCutPoints(crm, 'run-0', cuts);
    const report = await connected(fresh, crm, async (ctx) => {
      await provisionConnection(ctx, { remove: false, rebuildDeletedLists: false });
      return await runConnection(ctx, { full: false });
    });
    expect(report.pull?.mode).toBe('full');
    expect(report.score?.scored).toBeGreaterThan(100);
    const { id = '', summary } = report.plan ?? {};
    const select = { after: null, limit: 1_000 };
    const changes: readonly Change[] = await fresh.store.plans.changes(id, select);
    const lists = (summary?.lists ?? []).reduce((sum, { add, remove }) => sum + add + remove, 0);
    return { changes, lists, hash: await fresh.store.scores.hash(crm) };
  } finally {
    await fresh.close();
  }
}

async function open(store: string): Promise<App> {
  return await openApp({ config: crms.config(store), policy, clock, log, work });
}

async function connected<T>(
  of: App,
  crm: CrmName,
  act: (ctx: RunContext) => Promise<T>,
): Promise<T> {
  const { signal } = new AbortController();
  const opened = await of.openConnection(crm, { progress: silentProgress, signal });
  try {
    return await act(opened.context);
  } finally {
    await opened.close();
  }
}

function take(facts: LogFacts, event: string): void {
  events.set(event, [...(events.get(event) ?? []), facts]);
}

function noteError(error: unknown): void {
  take({ error }, 'test.error');
}

/** The last of each event, for whoever looks why a test failed. */
const told = () =>
  JSON.stringify([...events].map(([event, all]) => [event, all.length, all.at(-1)]));

const count = (event: string) => events.get(event)?.length ?? 0;

const log: Logger = { debug: take, info: take, warn: take, error: take };
