import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eraseCustomer } from '../../src/run/erase.ts';
import { rescore } from '../../src/run/rescore.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

beforeEach(async () => {
  bench = await openWorkbench({ contacts: 40, deals: 120 });
  await bench.provision();
  await bench.run();
  bench.settle();
});

afterEach(async () => {
  await bench.close();
});

const why = { why: 'Request of 2026-11-20', local: false };

async function somebody() {
  const rows = await bench.app.store.records.page('main', { after: null, limit: 500, whom: 'all' });
  const found = rows.find(({ customer }) => (customer.held.value_tier ?? null) !== null);
  if (found === undefined) throw new Error('Somebody holds a tier after a run');
  return found.customer;
}

function inPortal(id: string): Readonly<Record<string, string>> {
  const { contacts } = bench.sandbox.portal.objects;
  const { properties } = contacts.at(contacts.slotOf(Number(id)) ?? -1);
  const ours = Object.entries(properties).filter(
    ([name, value]) => name.startsWith('assay_') && name !== 'assay_run' && value !== '',
  );
  return Object.fromEntries(ours);
}

describe('a customer who is erased', () => {
  it('holds nothing of ours in the CRM, and does not come back with the next run', async () => {
    const { id, email } = await somebody();
    expect(Object.keys(inPortal(id)).length).toBeGreaterThan(3);
    const others = bench.app.store.records;
    const before = (await others.counts('main')).wonMinor;
    const report = await bench.connected((ctx) => eraseCustomer(ctx, email ?? '', why));
    expect(report).toMatchObject({ customer: id, already: false, fields: 'cleared' });
    expect(inPortal(id)).toEqual({});
    expect(await others.byIds('main', [id])).toEqual([]);
    bench.settle();
    const next = await bench.run({ full: true });
    expect(next.outcome).toBe('done');
    expect(inPortal(id)).toEqual({});
    expect(await others.byIds('main', [id])).toEqual([]);
    expect((await others.counts('main')).wonMinor).toBe(before);
  });

  it('is erased once', async () => {
    const { id } = await somebody();
    await bench.connected((ctx) => eraseCustomer(ctx, id, why));
    const again = await bench.callsOf(() => bench.connected((ctx) => eraseCustomer(ctx, id, why)));
    expect(again.value).toMatchObject({ already: true, erased: null });
    expect(again.calls).toBe(0);
  });

  it('makes no call where none is wanted', async () => {
    const { id } = await somebody();
    const held = inPortal(id);
    const { value, calls } = await bench.callsOf(() =>
      bench.connected((ctx) => eraseCustomer(ctx, id, { ...why, local: true })),
    );
    expect([value.fields, calls]).toEqual(['left', 0]);
    expect(inPortal(id)).toEqual(held);
  });

  it('is known to be gone where the CRM has no such record any more', async () => {
    const { id } = await somebody();
    await purge(id);
    const report = await bench.connected((ctx) => eraseCustomer(ctx, id, why));
    expect(report.fields).toBe('gone');
  });

  it('is refused while the policy names it by hand', async () => {
    const { id } = await somebody();
    const named = {
      customer: id,
      floor: 'gold',
      importance: null,
      why: 'VIP',
      by: 'Ann',
      until: null,
    };
    const erased = bench.connected((ctx) =>
      eraseCustomer({ ...ctx, policy: { ...ctx.policy, named: [named] } }, id, why),
    );
    await expect(erased).rejects.toMatchObject({ code: 'ERASE_NAMED' });
    expect(await bench.app.store.records.byIds('main', [id])).toHaveLength(1);
  });

  it('is erased by the CRM’s own word, as its webhook tells it', async () => {
    const { id, email, name } = await somebody();
    await purge(id);
    await bench.connected(async (ctx) => {
      const cuts = await ctx.store.scores.cutPoints('main');
      if (cuts === null) throw new Error('There are cut points after a run');
      const looked = [{ object: 'customers', id, kinds: ['removed', 'erased'] }] as const;
      await rescore(ctx, looked, { cuts });
    });
    const { erasures, audit } = bench.app.store;
    expect(await erasures.find('main', email ?? '')).toEqual([]);
    expect(await erasures.find('main', id)).toMatchObject([{ gone: 'erased', name: null }]);
    const all = { chain: 'main', kinds: ['customer.erased'], actor: null, since: null };
    const told = await audit.latest({ ...all, before: null, limit: 9 });
    expect(told).toMatchObject([{ facts: { asked: 'crm' } }]);
    expect(JSON.stringify(told)).not.toContain(name ?? email ?? id);
  });

  it('leaves a log that still verifies', async () => {
    const { id } = await somebody();
    await bench.connected((ctx) => eraseCustomer(ctx, id, why));
    const { signal } = new AbortController();
    const check = { chain: null, deep: true, noted: [], signal };
    const chains: string[] = [];
    for await (const { chain, broken } of bench.app.store.audit.verify(check)) {
      expect(broken).toBeNull();
      chains.push(chain);
    }
    expect(chains).toContain('main');
  });
});

/** HubSpot's privacy deletion. */
async function purge(id: string): Promise<void> {
  const { url, token } = bench.sandbox;
  const answer = await fetch(`${url}/crm/v3/objects/contacts/gdpr-delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ objectId: id }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}
