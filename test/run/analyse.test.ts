import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyseConnection } from '../../src/run/analyse.ts';
import { pullConnection, scoreConnection } from '../../src/run/run-connection.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

const patience = { timeout: 120_000 };

describe('an analysis', patience, () => {
  let bench: Workbench;

  beforeAll(async () => {
    // More than a page of customers.
    bench = await openWorkbench({ contacts: 600, deals: 3_000 });
    await bench.provision();
    await bench.connected((ctx) => pullConnection(ctx, { full: false, asOf: AS_OF }));
  });
  afterAll(() => bench.close());

  it('is none before the first scoring', async () => {
    expect(await bench.connected(analyseConnection)).toBeNull();
  });

  it('adds up, makes no call, and says the same twice', async () => {
    const report = await bench.connected((ctx) => scoreConnection(ctx, { all: true, asOf: AS_OF }));
    const { value: first, calls } = await bench.callsOf(() => bench.connected(analyseConnection));
    expect(calls).toBe(0);
    expect(first?.quality.customers).toBe(report.score?.scored);
    expect(first?.quality.scoreable).toBeLessThanOrEqual(first?.quality.customers ?? 0);
    expect(first?.keyAccounts?.shareOfNet).toBeGreaterThanOrEqual(first?.keyAccounts?.wanted ?? 1);
    const { none = 0, platinum, ...others } = report.score?.tiers ?? {};
    const tiered = Object.values(others).reduce((sum, of) => sum + of, platinum ?? 0);
    expect(none + tiered).toBe(report.score?.scored);
    expect(first?.tierCheck?.customers).toBe(tiered);
    expect(first?.profile).toMatchObject({ tier: 'platinum', customers: tiered, best: platinum });
    // The world's families of goods stand in for each other: no two go together.
    expect(first?.together).toMatchObject({ products: 8, pairs: [] });
    expect(first?.together?.orders).toBeGreaterThan(1_000);
    expect(await bench.connected(analyseConnection)).toEqual(first);
  });
});
