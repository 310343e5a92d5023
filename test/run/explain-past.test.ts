import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import { renderHistory, renderPast } from '../../src/cli/views/explained-past.ts';
import { explainCustomer } from '../../src/run/explain.ts';
import { explainAsOf, explainHistory } from '../../src/run/explain-past.ts';
import { pullConnection, scoreConnection } from '../../src/run/run-connection.ts';
import { policy } from '../score/default-policy.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
let id: string;
let first: string;

/** One day of orders, then another policy, then half a year of silence. */
beforeAll(async () => {
  bench = await openWorkbench({ contacts: 60, deals: 200 });
  await bench.run();
  bench.settle();
  const before = await lines();
  buyOn(bench.sandbox.portal, bench.world, { day: '2026-11-05', share: 0.3, seed: 5 });
  bench.settle();
  await bench.connected((ctx) => pullConnection(ctx, { full: false }));
  await score('2026-11-06', policy);
  id = await whoChanged(before);
  first = before.get(id) ?? '';
  await score('2026-11-08', {
    ...policy,
    loyalty: { ...policy.loyalty, weights: { repeat: 1, referral: 0, participation: 0 } },
  });
  await score('2027-06-01', policy);
});

afterAll(async () => {
  await bench.close();
});

async function score(asOf: string, by: typeof policy): Promise<void> {
  await bench.connected((ctx) => scoreConnection({ ...ctx, policy: by }, { all: false, asOf }));
}

async function lines(): Promise<ReadonlyMap<string, string>> {
  const all = await bench.app.store.scores.page('main', { after: null, limit: 500 });
  return await bench.connected(async (ctx) => {
    const told = new Map<string, string>();
    for (const { score: one } of all) {
      const [found] = await explainCustomer(ctx, one.customerId);
      told.set(one.customerId, found?.explanation?.lines.join('\n') ?? '');
    }
    return told;
  });
}

async function whoChanged(before: ReadonlyMap<string, string>): Promise<string> {
  const { history, scores } = bench.app.store;
  for (const { score: one } of await scores.page('main', { after: null, limit: 500 })) {
    const kept = await history.of('main', one.customerId);
    const [was, is] = kept.map(({ score: { signals } }) => signals.orders);
    if (was !== undefined && is !== undefined && is > was && before.has(one.customerId))
      return one.customerId;
  }
  throw new Error('Somebody who had a tier bought');
}

describe('a customer’s past', () => {
  it('is told word for word as it was told then', async () => {
    const [past] = await bench.connected((ctx) => explainAsOf(ctx, id, { asOf: '2026-11-03' }));
    expect(past?.past?.explanation.lines.join('\n')).toBe(first);
    expect(past?.past).toMatchObject({ since: AS_OF, until: '2026-11-05', isPolicyOfNow: false });
    if (past !== undefined) expect(renderPast(past)).toContain('held until 2026-11-05');
  });

  it('before the first score that is kept is said to be unknown', async () => {
    const [past] = await bench.connected((ctx) => explainAsOf(ctx, id, { asOf: '2026-10-31' }));
    expect(past).toMatchObject({ past: null, keptSince: AS_OF });
    if (past !== undefined) expect(renderPast(past)).toContain(`before ${AS_OF}`);
    expect(await bench.connected((ctx) => explainAsOf(ctx, 'nobody', { asOf: AS_OF }))).toEqual([]);
  });

  it('is told by the policy of then, also when another scores now', async () => {
    const other = await bench.connected((ctx) => explainAsOf(ctx, id, { asOf: '2026-11-08' }));
    const version = other[0]?.past?.explanation.policyVersion;
    const [now] = await bench.connected((ctx) => explainCustomer(ctx, id));
    expect(version).not.toBe(now?.explanation?.policyVersion);
    expect(other[0]?.past?.isPolicyOfNow).toBe(false);
  });

  it('is a row of scores, each with what made it another', async () => {
    const [history] = await bench.connected((ctx) => explainHistory(ctx, id));
    const rows = history?.scores ?? [];
    expect(rows[0]).toMatchObject({ asOf: AS_OF, changed: null });
    expect(rows[1]?.changed).toContain('orders');
    expect(rows[2]?.changed).toContain('policy');
    expect(rows.at(-1)?.asOf).toBe('2027-06-01');
    if (history === undefined) throw new Error('It has a history');
    const text = renderHistory(history);
    expect(text).toContain('first that is kept');
    expect(text).toMatch(/2026-11-06 .*orders/);
  });
});
