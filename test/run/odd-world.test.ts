import { afterEach, describe, expect, it } from 'vitest';
import { mergeRecords } from '../../sandbox/hubspot/record-merger.ts';
import type { Score } from '../../src/domain/score.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

afterEach(async () => {
  await bench.close();
});

async function allScores({ app }: Workbench): Promise<readonly Score[]> {
  const rows = await app.store.scores.page('main', { after: null, limit: 10_000 });
  return rows.map(({ score }) => score);
}

/** What reaches customers, of deals that can be counted on this day. */
async function attributed(place: Workbench): Promise<number> {
  const scores = await allScores(place);
  return scores.reduce((sum, { signals }) => sum + signals.netEver, 0);
}

describe('deals as real portals have them', () => {
  it('are counted in full or by cause: the sum over customers is won revenue less what is named', async () => {
    bench = await openWorkbench({ contacts: 400, deals: 1_500, oddities: true });
    await bench.provision();
    const report = await bench.run();
    expect(report.outcome).toBe('done');
    const counts = report.pull?.counts;
    expect(counts?.problems).toMatchObject({
      'amount-missing': expect.any(Number),
      'date-missing': expect.any(Number),
      'rate-unknown': expect.any(Number),
      'customer-missing': expect.any(Number),
    });
    expect(report.score?.problems).toMatchObject({ 'date-in-future': expect.any(Number) });

    let left = 0;
    for (const { deals, customer } of await everybody(bench)) {
      for (const deal of deals) {
        const first = [...(deal.customers ?? [])].map(({ id }) => id).toSorted()[0];
        if (first !== customer.id || deal.status !== 'won') continue;
        const countable =
          deal.homeAmount !== null && deal.closedOn !== null && deal.closedOn <= report.asOf;
        if (!countable) left += deal.homeAmount?.minor ?? 0;
      }
    }
    const won = (counts?.wonMinor ?? 0) - (counts?.unattributedMinor ?? 0) - left;
    expect(await attributed(bench)).toBe(won);
  });
});

async function everybody({ app }: Workbench) {
  return app.store.records.page('main', { after: null, limit: 10_000, whom: 'all' });
}

describe('records that change under the run', () => {
  it('merged and archived between reading and writing: counted, and the rest is written', async () => {
    bench = await openWorkbench({ contacts: 300, deals: 900 });
    await bench.provision();
    const { portal, clock } = bench.sandbox;
    const scores = await firstPlan(bench);
    const [gone = '', merged = '', into = ''] = scores.map(({ customerId }) => customerId);
    const { contacts } = portal.objects;
    const slotOf = (id: string) => contacts.slotOf(Number(id)) ?? -1;
    const context = { appId: '9009', now: clock.now() };
    await deleteContact(bench, gone);
    mergeRecords(
      portal,
      'contacts',
      contacts.slotOf(Number(into)) ?? -1,
      contacts.slotOf(Number(merged)) ?? -1,
      context,
    );
    expect(contacts.isLive(slotOf(gone))).toBe(false);

    const report = await bench.run();
    expect(report.outcome).toBe('done-with-rejections');
    const codes = report.leftover?.rejections ?? report.apply?.rejections ?? [];
    expect(new Set(codes.map(({ code }) => code))).toEqual(
      new Set(['RECORD_GONE', 'RECORD_MERGED']),
    );

    bench.settle();
    const next = await bench.run();
    expect(next.outcome).toBe('done');
    expect((await allScores(bench)).map(({ customerId }) => customerId)).not.toContain(gone);
    const { counts } = next.pull ?? {};
    expect(await attributed(bench)).toBe(
      (counts?.wonMinor ?? 0) - (counts?.unattributedMinor ?? 0),
    );
  });
});

/** Plans everything and marks the plan as begun, as a run that died before its first batch leaves it. */
async function firstPlan(place: Workbench): Promise<readonly Score[]> {
  const stop = new AbortController();
  place.sandbox.faults.add([
    {
      match: { path: 'batch/update' },
      probability: 1,
      times: 1,
      effect: { kind: 'migrating', retryAfterSeconds: 7_200 },
    },
  ]);
  const report = await place.run({ signal: stop.signal });
  expect(report).toMatchObject({ outcome: 'paused', stopped: { code: 'PORTAL_MIGRATING' } });
  return (await allScores(place)).filter(({ tier }) => tier !== null);
}

async function deleteContact({ sandbox }: Workbench, id: string): Promise<void> {
  const answer = await fetch(`${sandbox.url}/crm/v3/objects/contacts/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${sandbox.token}` },
  });
  expect(answer.status).toBe(204);
}

describe('one record that the portal will not take', () => {
  it('stands alone in its rejection; the others of its batch are written', async () => {
    bench = await openWorkbench({ contacts: 300, deals: 900 });
    await bench.provision();
    const { contacts } = bench.sandbox.portal.objects;
    const recordId = String(contacts.at([...contacts.slotsFrom(0)][20] ?? 0).id);
    bench.sandbox.faults.add([
      {
        match: { path: 'batch/update' },
        probability: 1,
        times: 1_000,
        effect: { kind: 'poison', recordId, status: 400 },
      },
    ]);
    const report = await bench.run();
    expect(report.outcome).toBe('done-with-rejections');
    expect(report.apply?.rejections).toMatchObject([{ customerId: recordId }]);
    expect(report.apply?.receipts.applied).toBe((report.plan?.summary.changes ?? 0) - 1);

    bench.settle();
    bench.sandbox.faults.clear();
    const next = await bench.run();
    expect(next.score?.scored).toBe(0);
    expect(next.outcome).toBe('done');
    expect(next.apply?.receipts).toMatchObject({ applied: 1, rejected: 0 });
    expect((await bench.run()).plan?.summary.changes).toBe(0);
  });
});

describe('our lists', () => {
  it('that a human deleted are reported and not rebuilt; members that strayed are put right', async () => {
    bench = await openWorkbench({ contacts: 300, deals: 900 });
    await bench.provision();
    await bench.run();
    bench.settle();
    const before = bench.sandbox.portal.lists.all();
    const first = before.find(({ name }) => name.includes('Platinum'));
    const second = before.find(({ name }) => name.includes('Best'));
    const headers = {
      authorization: `Bearer ${bench.sandbox.token}`,
      'content-type': 'application/json',
    };
    const lists = `${bench.sandbox.url}/crm/v3/lists`;
    await fetch(`${lists}/${first?.listId}`, { method: 'DELETE', headers });
    await fetch(`${lists}/${second?.listId}/memberships`, { method: 'DELETE', headers });
    const report = await bench.run();
    expect(report.plan?.summary.warnings.join()).toContain('was deleted in the CRM');
    expect(report.apply?.receipts.memberships.applied).toBeGreaterThan(0);
    expect(bench.sandbox.portal.lists.all()).toHaveLength(before.length - 1);
    expect((await bench.run()).apply?.receipts.memberships.applied).toBe(0);
  });
});
