import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultSchedule, scheduleSchema } from '../../src/config/schedule-schema.ts';
import { memoryQueue } from '../../src/jobs/memory-queue.ts';
import { type ScheduledConnection, tick, upcoming } from '../../src/jobs/schedule.ts';
import { startTicker } from '../../src/jobs/ticker.ts';
import { defaultRetryRules } from '../../src/jobs/verdict.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { newConnection } from '../contract/store/fixtures.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const hourMs = 3_600_000;
const log = silentLogger;
let store: Store;
let remove = async (): Promise<void> => undefined;

beforeAll(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  store = await openStore({
    ...{ databaseUrl: null, folder: folder.path },
    clock: clockAt('2026-11-22T12:00Z').clock,
  });
});
afterAll(async () => {
  await store.close();
  await remove();
});

function clockAt(text: string) {
  let now = Date.parse(text);
  const set = (to: string) => {
    now = Date.parse(to);
  };
  const advance = (ms: number) => {
    now += ms;
  };
  return { clock: { now: () => now, sleep: async () => undefined }, set, advance };
}

/** One process with its own clock; several on one store are several processes. */
function ticking(one: ScheduledConnection, startsAt: string) {
  const time = clockAt(startsAt);
  const queue = memoryQueue({ rules: defaultRetryRules, clock: time.clock, log });
  const source = { connections: [one], store, queue, clock: time.clock, log };
  const done = async () => {
    const due = await store.schedules.due(one.connection);
    for (const work of due) await store.schedules.done(one.connection, work);
    return due.map(({ kind }) => kind);
  };
  return {
    ...time,
    queue,
    /** Looks, and does what came due. */
    tick: async () => {
      await tick(source);
      return await done();
    },
    asked: async () => await tick(source),
    done,
    upcoming: async () => await upcoming(source),
  };
}

const nightly = (rule: string, timeZone = 'UTC'): ScheduledConnection => ({
  connection: newConnection(),
  schedule: scheduleSchema.parse({
    ...{ nightly: rule, delta: 'off', reconcile: 'off', channels: 'off', retention: 'off' },
    timeZone,
  }),
});

describe('the schedule', () => {
  it('on an empty machine begins with a run, without waiting for the night', async () => {
    const { tick: look, queue } = ticking(
      { connection: newConnection(), schedule: defaultSchedule },
      '2026-11-22T12:00Z',
    );
    expect(await look()).toEqual(['run', 'renew-channels', 'retention']);
    expect(await queue.depth()).toMatchObject({ waiting: 1 });
    expect(await look()).toEqual([]);
  });

  it('of one ordinary week is a run a night, a delta every quarter, one full run', async () => {
    const { tick: look, advance } = ticking(
      { connection: newConnection(), schedule: defaultSchedule },
      '2026-11-22T12:00Z',
    );
    await look();
    const kinds: string[] = [];
    for (let quarter = 0; quarter < 7 * 96; quarter += 1) {
      advance(hourMs / 4);
      kinds.push(...(await look()));
    }
    const count = Object.groupBy(kinds, (kind) => kind);
    expect(Object.entries(count).map(([kind, all]) => [kind, all?.length])).toEqual([
      ...[
        ['delta', 672],
        ['run', 7],
        ['renew-channels', 7],
        ['retention', 7],
        ['full', 1],
      ],
    ]);
  });

  it('makes up once what was missed ten times', async () => {
    const { tick: look, advance } = ticking(nightly('0 3 * * *'), '2026-11-22T12:00Z');
    await look();
    advance(10 * 24 * hourMs);
    expect(await look()).toEqual(['run']);
    expect(await look()).toEqual([]);
  });

  it('runs nothing twice when the clock goes back by an hour', async () => {
    const { tick: look, set } = ticking(nightly('*/30 * * * *'), '2026-11-22T03:10Z');
    expect(await look()).toEqual(['run']);
    set('2026-11-22T02:10Z');
    expect(await look()).toEqual([]);
    set('2026-11-22T03:20Z');
    expect(await look()).toEqual([]);
    set('2026-11-22T03:30Z');
    expect(await look()).toEqual(['run']);
  });

  it('goes on after the clock was years ahead', async () => {
    const { tick: look, set } = ticking(nightly('0 3 * * *'), '2026-11-22T12:00Z');
    await look();
    set('2031-01-01T12:00Z');
    expect(await look()).toEqual(['run']);
    set('2026-11-22T13:00Z');
    await look();
    set('2026-11-23T03:00Z');
    expect(await look()).toEqual(['run']);
  });

  it.each([
    ['which is skipped', '2026-03-28T12:00Z', 2],
    ['which comes twice', '2026-10-24T12:00Z', 2],
  ])('runs once at half past two, %s', async (_how, startsAt, runs) => {
    const { tick: look, advance } = ticking(nightly('30 2 * * *', 'Europe/Berlin'), startsAt);
    await look();
    let count = 0;
    for (let at = 0; at < 48 * 6; at += 1) {
      advance(hourMs / 6);
      count += (await look()).length;
    }
    expect(count).toBe(runs);
  });

  it('is asked for by one of several processes', async () => {
    const one = nightly('*/10 * * * *');
    const processes = Array.from({ length: 5 }, () => ticking(one, '2026-11-22T12:00Z'));
    for (let round = 0; round < 3; round += 1) {
      const asked = await Promise.all(processes.map((each) => each.asked()));
      expect(asked.flat()).toEqual([one.connection]);
      await Promise.all(processes.map((each) => each.done()));
      for (const each of processes) each.advance(hourMs / 6);
    }
  });

  it('stays due until it was done, through any number of looks', async () => {
    const one = nightly('0 3 * * *');
    const { asked, advance, done } = ticking(one, '2026-11-22T12:00Z');
    await asked();
    for (let hour = 0; hour < 30; hour += 1) {
      advance(hourMs);
      await asked();
    }
    expect(await done()).toEqual(['run']);
    expect(await store.schedules.waiting()).not.toContain(one.connection);
  });

  it('goes by the time zone of the account, once that is known', async () => {
    const connection = newConnection();
    const one = { connection, schedule: { ...nightly('0 3 * * *').schedule, timeZone: null } };
    const { upcoming: next } = ticking(one, '2026-11-22T12:00Z');
    const at = async () => (await next())[0];
    expect(await at()).toMatchObject({
      ...{ timeZone: 'UTC', isZoneOpen: true },
      next: [{ kind: 'run', cron: '0 3 * * *', at: Date.parse('2026-11-23T03:00Z') }],
    });
    await store.connections.bind(connection, { crm: 'x', accountId: '1', subject: 'contact' });
    await store.identities.saveAccount(connection, { currency: 'INR', timeZone: 'Asia/Kolkata' });
    const known = await at();
    expect(known).toMatchObject({ timeZone: 'Asia/Kolkata', isZoneOpen: false });
    expect(known?.next[0]?.at).toBe(Date.parse('2026-11-22T21:30Z'));
    const given = ticking(
      { connection: newConnection(), schedule: nightly('0 3 * * *', 'Europe/Paris').schedule },
      '2026-11-22T12:00Z',
    );
    expect((await given.upcoming())[0]).toMatchObject({
      ...{ timeZone: 'Europe/Paris', isZoneOpen: false },
    });
  });
});

describe('the ticker', () => {
  it('looks every minute, never twice at once, and goes on after a failure', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-22T12:00:30Z') });
    try {
      let [looks, atOnce, most] = [0, 0, 0];
      const look = async () => {
        looks += 1;
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise((resolve) => setTimeout(resolve, looks === 2 ? 150_000 : 1_000));
        atOnce -= 1;
        if (looks === 1) throw new Error('the database restarts');
      };
      const { stop } = startTicker(look, log);
      await vi.advanceTimersByTimeAsync(10 * 60_000);
      const stopped = stop();
      await vi.advanceTimersByTimeAsync(60_000);
      await stopped;
      const [before] = [looks];
      await vi.advanceTimersByTimeAsync(5 * 60_000);
      expect(most).toBe(1);
      expect(before).toBeGreaterThanOrEqual(7);
      expect(looks).toBe(before);
    } finally {
      vi.useRealTimers();
    }
  });
});
