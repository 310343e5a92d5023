import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import type { Score } from '../../src/domain/score.ts';
import { explainCustomer } from '../../src/run/explain.ts';
import type { RunReport } from '../../src/run/report.ts';
import { pullConnection, runConnection } from '../../src/run/run-connection.ts';
import { AS_OF, type JoinedBench, type Name, names, openJoinedBench } from './joined-bench.ts';

let bench: JoinedBench;

beforeAll(async () => {
  bench = await openJoinedBench();
});

afterAll(async () => {
  await bench.close();
});

async function pull(name: Name): Promise<void> {
  await bench.connected(name, (ctx) => pullConnection(ctx, { full: false, asOf: AS_OF }));
}

async function run(name: Name, asOf = AS_OF): Promise<RunReport> {
  return bench.connected(name, (ctx) => runConnection(ctx, { full: false, asOf }));
}

/** Each customer's whole score but for the record's id, by the seller's own number. */
async function scoresOf(name: Name): Promise<ReadonlyMap<string, Omit<Score, 'customerId'>>> {
  const { records, scores } = bench.app.store;
  const all = await records.page(name, { after: null, limit: 1_000, whom: 'all' });
  const found = new Map<string, Omit<Score, 'customerId'>>();
  for (const { customer } of all) {
    const score = await scores.byId(name, customer.id);
    if (score === null) continue;
    const { customerId: _id, signals, ...rest } = score;
    const { customerId: _signalsOf, ...facts } = signals;
    found.set(customer.externalId ?? '', { ...rest, signals: { ...facts, customerId: '' } });
  }
  return found;
}

async function expectAlike(part: 'shop' | 'wholesale'): Promise<void> {
  const whole = await scoresOf('all');
  const own = await scoresOf(part);
  expect(own.size).toBeGreaterThan(80);
  for (const [externalId, score] of own) expect(score).toEqual(whole.get(externalId));
}

describe('two portals that share customers and orders', () => {
  it('give each customer the score, classes and reasons of one portal that knows everything', async () => {
    for (const name of names) await pull(name);
    const reports = new Map<Name, RunReport>();
    for (const name of names) reports.set(name, await run(name));
    const { identity } = reports.get('shop')?.score ?? {};
    expect(identity).toMatchObject({ with: ['wholesale'], waitingFor: [], conflicts: 0 });
    expect(identity?.joined.externalId).toBeGreaterThan(70);
    expect(reports.get('all')?.score?.identity).toBeNull();
    await expectAlike('shop');
    await expectAlike('wholesale');
    const base = async (id: string) => (await bench.app.store.scores.cutPoints(id))?.base;
    expect(await base('identity:shop+wholesale')).toBe(await base('all'));
  });

  it('are both written to, and have nothing to do right after', async () => {
    bench.settle();
    for (const name of ['shop', 'wholesale'] as const) {
      const { contacts } = bench.sandboxes[name].portal.objects;
      const tiers = [...contacts.slotsFrom(0)].map(
        (slot) => contacts.at(slot).properties['assay_value_tier'] ?? '',
      );
      expect(tiers.filter((tier) => tier !== '').length).toBeGreaterThan(50);
      const again = await run(name);
      expect(again.score?.scored).toBe(0);
      expect(again.plan?.summary.changes).toBe(0);
    }
  });

  it('say which records a customer has and which deals came from where', async () => {
    const [customer] = await bench.connected('shop', async (ctx) => {
      const rows = await ctx.store.records.page('shop', { after: null, limit: 1_000, whom: 'all' });
      const ids = rows.map((row) => row.customer.id);
      const partners = await ctx.store.identities.partners('shop', ids, ['shop', 'wholesale']);
      const joined = rows.find((row) => partners.has(row.customer.id) && row.deals.length > 1);
      return explainCustomer(ctx, joined?.customer.id ?? '');
    });
    expect(customer?.records.map(({ connection }) => connection)).toEqual(['shop', 'wholesale']);
    expect(customer?.records.flatMap(({ deals }) => deals).length).toBeGreaterThan(1);
    const uses = customer?.records.flatMap(({ deals }) => deals.map(({ use }) => use)) ?? [];
    expect(new Set(uses)).toContain('counted');
  });

  it('score in both what happens in one', async () => {
    bench.settle();
    const { wholesale, all } = bench.sandboxes;
    const day = { day: '2026-10-31', share: 0.1, seed: 4 };
    const bought = buyOn(wholesale.portal, bench.worlds.wholesale, day);
    expect(buyOn(all.portal, bench.worlds.wholesale, day)).toHaveLength(bought.length);
    bench.settle();
    for (const name of names) await pull(name);
    for (const name of names) await run(name);
    await expectAlike('shop');
    await expectAlike('wholesale');
    for (const name of names) expect((await run(name)).score?.scored).toBe(0);
  });

  it('hold tiers still as one portal does while months pass', async () => {
    for (const asOf of ['2026-12-05', '2027-02-01', '2027-05-03'])
      for (const name of names) await run(name, asOf);
    await expectAlike('shop');
    await expectAlike('wholesale');
    expect((await run('shop', '2027-05-03')).score?.scored).toBe(0);
    for (const name of names) await run(name);
  });

  it('value a customer apart again who is the same no more', async () => {
    bench.settle();
    const { contacts } = bench.sandboxes.wholesale.portal.objects;
    const before = await scoresOf('shop');
    const id = [...contacts.slotsFrom(0)]
      .map((slot) => contacts.at(slot))
      .find(
        ({ properties }) => (before.get(properties['external_id'] ?? '')?.signals.orders ?? 0) > 3,
      )?.id;
    const number = contacts.at(contacts.slotOf(id ?? 0) ?? -1).properties['external_id'] ?? '';
    await patch(id ?? 0, { external_id: 'nobody-else', email: 'nobody-else@example.com' });
    bench.settle();
    await run('wholesale');
    const report = await run('shop');
    expect(report.score?.due.happened).toBe(1);
    const after = (await scoresOf('shop')).get(number)?.signals.orders;
    expect(after).toBeLessThan(before.get(number)?.signals.orders ?? 0);
    expect((await scoresOf('wholesale')).has('nobody-else')).toBe(true);
  });

  it('refuse to be added up in two currencies', async () => {
    const { identities } = bench.app.store;
    await identities.saveAccount('wholesale', { currency: 'EUR', timeZone: 'Europe/London' });
    await expect(run('shop')).rejects.toMatchObject({ code: 'IDENTITY_CURRENCIES' });
    await identities.saveAccount('wholesale', { currency: 'GBP', timeZone: 'Europe/Paris' });
    const report = await run('shop');
    expect(report.score?.identity?.warnings).toEqual([expect.stringContaining('Europe/Paris')]);
    await identities.saveAccount('wholesale', { currency: 'GBP', timeZone: 'Europe/London' });
  });

  it('are scored apart once the group is gone from the config', async () => {
    const alone = await bench.without('shop', (ctx) =>
      runConnection(ctx, { full: false, asOf: AS_OF }),
    );
    expect(alone.score).toMatchObject({ scope: 'base', identity: null, cutPointsFound: true });
    const mine = await scoresOf('shop');
    const whole = await scoresOf('all');
    expect(
      [...mine].some(([id, { signals }]) => signals.orders < (whole.get(id)?.signals.orders ?? 0)),
    ).toBe(true);
    expect((await run('wholesale')).score?.identity?.with).toEqual(['shop']);
  });
});

async function patch(id: number, properties: Readonly<Record<string, string>>): Promise<void> {
  const { url, token } = bench.sandboxes.wholesale;
  const answer = await fetch(`${url}/crm/v3/objects/contacts/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ properties }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}
