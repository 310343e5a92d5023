import { afterEach, describe, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import type { Change, FieldChange } from '../../src/domain/change.ts';
import type { FieldKey } from '../../src/domain/field.ts';
import type { RunContext } from '../../src/run/context.ts';
import { approvePlan } from '../../src/run/decide-plan.ts';
import { provisionConnection } from '../../src/run/provision.ts';
import { applyConnection, planConnection, runConnection } from '../../src/run/run-connection.ts';
import { type CrmName, openTwoCrms, type TwoCrms } from '../e2e/two-crms.ts';

const asOf = '2026-11-01';
const world = generatedWorld({ contacts: 60, deals: 160, seed: 7, until: asOf });

let crms: TwoCrms;

afterEach(async () => {
  await crms.close();
});

type Bed = {
  readonly with: <T>(work: (ctx: RunContext) => Promise<T>) => Promise<T>;
  readonly planId: string;
  readonly changes: readonly Change[];
};

/** A first plan that was approved and waits to be written. */
async function approved(crm: CrmName): Promise<Bed> {
  crms = await openTwoCrms(world);
  const connected: Bed['with'] = async (work) =>
    await crms.connected(crm, (ctx) =>
      work({ ...ctx, writes: { ...ctx.writes, mode: 'approve' } }),
    );
  await connected((ctx) => provisionConnection(ctx, { remove: false, rebuildDeletedLists: false }));
  const { plan } = await connected((ctx) => runConnection(ctx, { full: false, asOf }));
  const { plans } = crms.app.store;
  const stored = await plans.byId(plan?.id ?? '');
  if (stored === null) throw new Error('There is a plan');
  const word = { guards: [], why: 'right' };
  await connected((ctx) => approvePlan({ ...ctx, mode: 'approve' }, stored, word));
  const changes = await plans.changes(stored.id, { after: null, limit: 1_000 });
  return { with: connected, planId: stored.id, changes };
}

/** What a person would do in the CRM: writes of another hand. */
async function edit(
  ctx: RunContext,
  customerId: string,
  fields: readonly FieldChange[],
): Promise<void> {
  const change = { seq: 0, customerId, priority: 'tier', fields } as const;
  await ctx.connector.applyBatch([change], 'somebody', ctx.signal);
}

function becomes(key: FieldKey, to: string): FieldChange {
  return { key, from: null, to };
}

async function heldOf(ctx: RunContext, changes: readonly Change[]) {
  const ids = changes.map(({ customerId }) => customerId);
  return await ctx.connector.readHeld(ids, ctx.signal);
}

function wanted(changes: readonly Change[], key: FieldKey) {
  return changes.map(({ fields }) => fields.find((field) => field.key === key)?.to ?? null);
}

describe.each(['hubspot', 'zoho'] as const)('an approved plan in %s', (crm) => {
  it('is not written once a person changed what it would write; the next sees the truth', async () => {
    const bed = await approved(crm);
    const [, second, third] = bed.changes;
    await bed.with(async (ctx) => {
      await edit(ctx, second?.customerId ?? '', [
        becomes('value_tier', 'bronze'),
        becomes('value_score', '1'),
      ]);
      await edit(ctx, third?.customerId ?? '', [becomes('value_score', '2')]);
      const before = await heldOf(ctx, bed.changes);
      await expect(applyConnection(ctx, { planId: bed.planId })).rejects.toMatchObject({
        ...{ code: 'PLAN_STALE', disposition: 'ask' },
        message: expect.stringContaining('2 customers were changed in the CRM'),
      });
      expect(await heldOf(ctx, bed.changes)).toEqual(before);
    });
    expect((await crms.app.store.plans.byId(bed.planId))?.status).toBe('superseded');
    const fresh = await bed.with((ctx) => planConnection(ctx, { asOf }));
    const { plans } = crms.app.store;
    const changes = await plans.changes(fresh.plan?.id ?? '', { after: null, limit: 1_000 });
    const again = changes.find(({ customerId }) => customerId === third?.customerId);
    expect(again?.fields.find(({ key }) => key === 'value_score')?.from).toBe('2');
    expect(changes).toHaveLength(bed.changes.length);
  });

  it('is written although a person did the same meanwhile', async () => {
    const bed = await approved(crm);
    const [first] = bed.changes;
    const tier = wanted(bed.changes, 'value_tier')[0] ?? null;
    const report = await bed.with(async (ctx) => {
      if (tier !== null) await edit(ctx, first?.customerId ?? '', [becomes('value_tier', tier)]);
      return await applyConnection(ctx, {});
    });
    expect(report.outcome).toBe('done');
    expect(report.apply?.receipts).toMatchObject({ rejected: 0, open: 0 });
  });
});

it('a customer that is gone makes no plan stale: its change is rejected', async () => {
  const bed = await approved('hubspot');
  const { url, token } = crms.sandboxes.hubspot;
  const [first] = bed.changes;
  const headers = { authorization: `Bearer ${token}` };
  const gone = `${url}/crm/v3/objects/contacts/${first?.customerId}`;
  await fetch(gone, { method: 'DELETE', headers });
  const report = await bed.with((ctx) => applyConnection(ctx, {}));
  expect(report.outcome).toBe('done-with-rejections');
  expect(report.apply?.receipts).toMatchObject({ rejected: 1, applied: bed.changes.length - 1 });
});

it('a plan of another policy than the one in force is not written', async () => {
  const bed = await approved('hubspot');
  const report = await bed.with((ctx) => {
    const policy = { ...ctx.policy, windowMonths: ctx.policy.windowMonths + 1 };
    return runConnection({ ...ctx, policy }, { full: false, asOf });
  });
  expect(report).toMatchObject({ leftover: null, outcome: 'held' });
  expect(report.stale).toMatchObject({ code: 'PLAN_STALE' });
  expect((await crms.app.store.plans.byId(bed.planId))?.status).toBe('superseded');
});

it('what is written is the plan, whatever people edit beside it meanwhile', async () => {
  const bed = await approved('hubspot');
  const { portal } = crms.sandboxes.hubspot;
  const planned = new Map(bed.changes.map((change) => [change.customerId, change]));
  const written = new Map<string, Readonly<Record<string, string>>[]>();
  let edited = 0;
  portal.events.subscribe((event) => {
    if (event.kind !== 'changed' || event.type !== 'contacts') return;
    const ours = Object.entries(event.after.properties).filter(
      ([name, value]) => name.startsWith('assay_') && event.before.properties[name] !== value,
    );
    if (ours.length === 0) return;
    const id = String(event.after.id);
    written.set(id, [...(written.get(id) ?? []), Object.fromEntries(ours)]);
  });
  const people = editing(crms, () => {
    edited += 1;
  });
  const report = await bed.with((ctx) => applyConnection(ctx, { planId: bed.planId }));
  await people.stop();
  expect(edited).toBeGreaterThan(0);
  expect(report.apply?.receipts).toMatchObject({ applied: planned.size, rejected: 0, open: 0 });
  expect([...written.keys()].toSorted()).toEqual([...planned.keys()].toSorted());
  for (const [id, writes] of written) {
    expect(writes).toHaveLength(1);
    const fields = planned.get(id)?.fields ?? [];
    const expected = fields.filter(({ to }) => to !== null).length;
    expect(Object.keys(writes[0] ?? {}).filter((name) => name !== 'assay_run')).toHaveLength(
      expected,
    );
  }
});

/** People at work in the portal until they are stopped: names of contacts, amounts of deals. */
function editing({ sandboxes: { hubspot } }: TwoCrms, edited: () => void) {
  const stop = new AbortController();
  const { contacts, deals } = hubspot.portal.objects;
  const ids = {
    contacts: [...contacts.slotsFrom(0)].map((slot) => contacts.at(slot).id),
    deals: [...deals.slotsFrom(0)].map((slot) => deals.at(slot).id),
  };
  const work = async () => {
    for (let at = 0; !stop.signal.aborted; at += 1) {
      const type = at % 2 === 0 ? 'contacts' : 'deals';
      const id = ids[type][at % ids[type].length];
      const properties = type === 'contacts' ? { lastname: `Name ${at}` } : { amount: String(at) };
      await fetch(`${hubspot.url}/crm/v3/objects/${type}/${id}`, {
        ...{ method: 'PATCH', body: JSON.stringify({ properties }) },
        headers: { authorization: `Bearer ${hubspot.token}`, 'content-type': 'application/json' },
      });
      edited();
    }
  };
  const done = work();
  return {
    stop: async () => {
      stop.abort();
      await done;
    },
  };
}
