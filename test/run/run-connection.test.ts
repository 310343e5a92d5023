import { afterEach, describe, expect, it } from 'vitest';
import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import { AS_OF, openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

let bench: Workbench;

afterEach(async () => {
  await bench.close();
});

async function provisioned(options: WorkbenchOptions = {}): Promise<Workbench> {
  bench = await openWorkbench(options);
  await bench.provision();
  return bench;
}

/** What the portal holds in our fields, by contact. */
function heldInPortal({ sandbox }: Workbench): ReadonlyMap<string, string> {
  const { contacts } = sandbox.portal.objects;
  const rows = [...contacts.slotsFrom(0)].map((slot) => {
    const { id, properties } = contacts.at(slot);
    const ours = Object.entries(properties).filter(
      ([name]) => name.startsWith('assay_') && name !== 'assay_run',
    );
    return [String(id), JSON.stringify(ours.toSorted())] as const;
  });
  return new Map(rows);
}

describe('a run', () => {
  it('writes what the plan says, one receipt a change', async () => {
    const { run } = await provisioned();
    const report = await run();
    expect(report.outcome).toBe('done');
    expect(report.plan?.summary.changes).toBeGreaterThan(50);
    const { receipts } = report.apply ?? {};
    expect(receipts?.applied).toBe(report.plan?.summary.changes);
    expect(receipts?.rejected).toBe(0);
    expect(receipts?.open).toBe(0);
  });

  it('has nothing to do right after, and makes at most ten calls', async () => {
    const { run, callsOf } = await provisioned();
    await run();
    const again = await callsOf(() => run());
    expect(again.value.plan?.summary.changes).toBe(0);
    expect(again.value.score?.scored).toBe(0);
    expect(again.calls).toBeLessThanOrEqual(10);
  });

  it('does not read back what it wrote, once search shows it', async () => {
    const { run, settle, callsOf } = await provisioned({ contacts: 1_500, deals: 1_500 });
    await run();
    settle();
    const again = await callsOf(() => run());
    expect(again.value.pull).toMatchObject({ customersChanged: 0, dealsChanged: 0 });
    expect(again.calls).toBeLessThanOrEqual(10);
  });

  it('rescores only who bought, by the stored cut points', async () => {
    const { run, settle, sandbox, world } = await provisioned();
    const first = await run();
    settle();
    const deals = buyOn(sandbox.portal, world, { day: '2026-10-31', share: 0.05, seed: 3 });
    settle();
    const second = await run();
    expect(second.score).toMatchObject({ scope: 'due', cutPointsFound: false });
    expect(second.pull?.dealsChanged).toBe(deals.length);
    const scored = second.score?.scored ?? 0;
    expect(scored).toBeGreaterThanOrEqual(deals.length);
    expect(scored).toBeLessThan((first.score?.scored ?? 0) / 2);
  });

  it('scores one customer alone as it scores the whole base', async () => {
    const { run, settle, sandbox, world, app } = await provisioned();
    await run();
    settle();
    buyOn(sandbox.portal, world, { day: '2026-10-31', share: 0.1, seed: 4 });
    settle();
    const alone = await run();
    const cuts = await app.store.scores.cutPoints('main');
    await app.store.scores.saveCutPoints('main', 'r-again', cuts ?? never());
    // The day moves there and back: everybody is scored, by the same cut points.
    await run({ asOf: '2026-11-02' });
    const everybody = await run({ asOf: AS_OF });
    expect(everybody.score?.scope).toBe('base');
    expect(everybody.score?.hash).toBe(alone.score?.hash);
  });

  it('puts right what a human changed in our field', async () => {
    const { run, settle, sandbox } = await provisioned();
    await run();
    settle();
    const before = heldInPortal(bench);
    const [id = ''] = [...before].find(([, held]) => held.includes('bronze')) ?? [];
    await patch(sandbox, id, { assay_value_tier: 'platinum' });
    settle();
    const report = await run();
    expect(report.plan?.summary.changes).toBe(1);
    expect(heldInPortal(bench)).toEqual(before);
  });

  it('moves the money when a deal moves to another contact', async () => {
    const { run, settle, sandbox, app } = await provisioned();
    await run();
    settle();
    const before = await app.store.records.counts('main');
    await moveOneDeal(sandbox);
    settle();
    const report = await run();
    expect(report.score?.scored).toBeGreaterThanOrEqual(2);
    expect((await app.store.records.counts('main')).wonMinor).toBe(before.wonMinor);
  });
});

function never(): never {
  throw new Error('There are cut points after a run');
}

async function patch(
  sandbox: Workbench['sandbox'],
  id: string,
  properties: Readonly<Record<string, string>>,
): Promise<void> {
  await send(sandbox, 'PATCH', `/crm/v3/objects/contacts/${id}`, { properties });
}

async function send(
  { url, token }: Workbench['sandbox'],
  method: string,
  path: string,
  body?: unknown,
): Promise<void> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}

/** Takes the first deal that has a contact from it and gives it to another; HubSpot touches the deal. */
async function moveOneDeal(sandbox: Workbench['sandbox']): Promise<void> {
  const { deals, contacts } = sandbox.portal.objects;
  const { associations } = sandbox.portal;
  for (const slot of deals.slotsFrom(0)) {
    const { id } = deals.at(slot);
    const [from] = associations.targets({ type: 'deals', id }, 'contacts');
    const to = [...contacts.slotsFrom(0)].map((at) => contacts.at(at).id).find((at) => at !== from);
    if (from === undefined || to === undefined) continue;
    await send(sandbox, 'DELETE', `/crm/v4/objects/deals/${id}/associations/contacts/${from}`);
    await send(sandbox, 'PUT', `/crm/v4/objects/deals/${id}/associations/default/contacts/${to}`);
    await send(sandbox, 'PATCH', `/crm/v3/objects/deals/${id}`, {
      properties: { dealname: 'Moved' },
    });
    return;
  }
}
