import { describe, expect, it } from 'vitest';
import { fullPull, pullAll } from '../../contract/pull-all.ts';
import { type PortalUnderTest, startPortal } from './portal-under-test.ts';

const signal = new AbortController().signal;

/** Most calls that arrived in any window of this length. */
function most(times: readonly number[], windowMs: number): number {
  const counts = times.map(
    (from) => times.filter((at) => at >= from && at < from + windowMs).length,
  );
  return Math.max(0, ...counts);
}

function spent(portal: PortalUnderTest): number {
  return [...portal.ledger.values()].reduce((sum, calls) => sum + calls, 0);
}

describe('the budgets, from the portal’s side', () => {
  it('our share of every window is used, the rest is left, and no call is refused', async () => {
    const limits = { plan: 'professional', override: { tenSecondly: 25 } } as const;
    const portal = await startPortal({ sandbox: { limits }, settings: { rateShare: 0.8 } });
    const connector = portal.open();
    const ids = portal.liveIds('customers');
    await Promise.all(ids.slice(0, 30).map((id) => connector.readHeld([id], signal)));
    const times = portal.sandbox.calls.times('general');
    expect(times.length).toBeGreaterThanOrEqual(31);
    // Our share is 20; how many of two bursts arrive together is the network's, here the machine's.
    expect(most(times, 10_000)).toBeGreaterThanOrEqual(20);
    expect(most(times, 10_000)).toBeLessThan(25);
    expect(portal.sandbox.calls.report().tooMany.total).toBe(0);
    await portal.close();
  }, 30_000);

  it('no search is refused, however many want to start', async () => {
    const portal = await startPortal({
      sandbox: { limits: 'professional', latency: { kind: 'uniform', minMs: 0, maxMs: 40 } },
      settings: { rateShare: 0.8, cursors: 8 },
      ...{ contacts: 10, deals: 9_000 },
    });
    const connector = portal.open();
    await Promise.all([1, 2, 3].map(() => connector.planPull(fullPull, signal)));
    const times = portal.sandbox.calls.times('search');
    expect(times.length).toBeGreaterThan(8);
    // Our share is 4, a late one may fall into the next second's window; a sixth would be refused.
    expect(most(times, 1_000)).toBeLessThanOrEqual(5);
    expect(portal.sandbox.calls.report().tooMany.total).toBe(0);
    await portal.close();
  }, 30_000);

  it('our share of the day ends the run, and holds for the next process too', async () => {
    const limits = { plan: 'professional', override: { daily: 24 } } as const;
    const portal = await startPortal({ sandbox: { limits }, settings: { dailyShare: 0.5 } });
    const connector = portal.open();
    const expected = { code: 'QUOTA_SPENT', disposition: 'end-at-checkpoint' };
    await expect(pullAll(() => connector, fullPull)).rejects.toMatchObject(expected);
    expect(portal.calls()).toBe(12);
    await connector.close();
    expect(spent(portal)).toBe(12);
    const next = portal.open();
    const account = await next.account(signal);
    expect(account.quota).toMatchObject({ limit: 24, ours: { budget: 12 } });
    await expect(next.planPull(fullPull, signal)).rejects.toMatchObject(expected);
    await portal.close();
  });

  it('the plan is read off the headers, and the account says what is left', async () => {
    const portal = await startPortal({ sandbox: { limits: 'professional' } });
    const account = await portal.open().account(signal);
    expect(account).toMatchObject({
      ...{ currency: 'GBP', timeZone: 'Europe/London', plan: 'professional' },
      quota: { limit: 625_000, used: 1, ours: { budget: 312_500, used: 1 } },
    });
    await portal.close();
  });
});
