import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { withLease } from '../../src/run/with-lease.ts';
import type { Store } from '../../src/store/store.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench({ contacts: 5, deals: 5 });
});

afterAll(async () => {
  await bench.close();
});

const leases = () => bench.app.store.leases;

async function unreachable(): Promise<void> {
  throw new Error('The database restarts');
}

const refusesToSleep: Clock = {
  ...systemClock,
  sleep: async () => {
    throw new Error('It waits');
  },
};

/** Holds the connection for a moment, as a run does, with real waiting. */
async function hold(): Promise<string> {
  return bench.connected((ctx) => withLease({ ...ctx, clock: systemClock }, async () => 'held'));
}

describe('the lease of a connection', () => {
  it('is free again after the work, also when the work fails', async () => {
    const failing = bench.connected((ctx) =>
      withLease(ctx, async () => {
        throw new Error('the work failed');
      }),
    );
    await expect(failing).rejects.toThrow('the work failed');
    expect(await hold()).toBe('held');
  });

  it('is taken over at once from a process of this machine that is dead', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    await leases().acquire('main', `${hostname()} pid ${dead} started unknown`, 3_600_000);
    expect(await hold()).toBe('held');
  });

  it('is taken over at once from this process itself, when the store was out of reach as it was given back', async () => {
    await bench.connected((ctx) => {
      const store: Store = { ...ctx.store, leases: { ...ctx.store.leases, release: unreachable } };
      return withLease({ ...ctx, store }, async () => 'held');
    });
    const next = await bench.connected((ctx) =>
      withLease({ ...ctx, clock: refusesToSleep }, async () => 'held again'),
    );
    expect(next).toBe('held again');
  });

  it('is refused to a second who asks within this process while the first works', async () => {
    const second = bench.connected((ctx) =>
      withLease(ctx, async () => withLease({ ...ctx, clock: refusesToSleep }, async () => 'both')),
    );
    await expect(second).rejects.toThrow('It waits');
  });

  it('is waited for when its holder, on another machine, no longer renews it', async () => {
    await leases().acquire('main', 'elsewhere pid 1 started unknown', 1_500);
    expect(await hold()).toBe('held');
  });

  it('is refused while its holder renews it, by the name of the holder', async () => {
    const taken = await leases().acquire('main', 'elsewhere pid 2 started unknown', 60_000);
    if (taken.status !== 'acquired') throw new Error('The lease was free');
    const renewing = setInterval(() => void leases().renew(taken.lease, 60_000), 200);
    try {
      await expect(hold()).rejects.toMatchObject({
        code: 'LEASE_HELD',
        message: expect.stringContaining('process 2 on elsewhere'),
      });
    } finally {
      clearInterval(renewing);
      await leases().release(taken.lease);
    }
  });
});
