import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunContext } from '../../src/run/context.ts';
import { finishLeftovers } from '../../src/run/finish-leftovers.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench({ contacts: 40, deals: 120 });
  await bench.provision();
  await bench.run();
});

afterAll(async () => {
  await bench.close();
});

let made = 0;

/** A plan that is being written: one change to each of these customers is on its way. */
async function underWay(
  { connection, store }: RunContext,
  customers: readonly string[],
  beside: boolean,
): Promise<string> {
  made += 1;
  const id = `at-work-${made}`;
  const about = { connection, createdAt: `${AS_OF}T00:00:00.000Z`, asOf: AS_OF, beside };
  await store.plans.create({ ...about, id, runId: `r-${made}` });
  const fields = [{ key: 'orders', from: null, to: String(90 + made) }] as const;
  const changes = customers.map((customerId, seq) => {
    return { seq, customerId, priority: 'fact', fields } as const;
  });
  await store.plans.addChanges(id, changes);
  await store.plans.setStatus(id, 'applying');
  return id;
}

const state = async (ctx: RunContext, id: string) => (await ctx.store.plans.byId(id))?.status;

async function someBuyers({ connection, store }: RunContext): Promise<readonly [string, string]> {
  const [one, two] = await store.scores.ids(connection, { after: null, limit: 2 });
  if (one === undefined || two === undefined) throw new Error('nobody');
  return [one, two];
}

const holds = (id: string) => {
  const { contacts } = bench.sandbox.portal.objects;
  return contacts.at(contacts.slotOf(Number(id)) ?? -1).properties['assay_orders'];
};

it('what a rescoring is writing is taken for no leftover', async () => {
  await bench.connected(async (ctx) => {
    const [one] = await someBuyers(ctx);
    const id = await underWay(ctx, [one], true);
    await ctx.store.plans.markSending(id, [0]);
    await ctx.plansAtWork.during(id, async () => {
      await finishLeftovers(ctx);
      expect(await state(ctx, id)).toBe('applying');
      expect(await ctx.store.plans.receiptCounts(id)).toMatchObject({ open: 1 });
    });
    await finishLeftovers(ctx);
    expect(await state(ctx, id)).toBe('applied');
    expect(holds(one)).toBe(`${90 + made}`);
  });
});

it('of two that a crash left, the later one has the last word, and neither waits for the other', async () => {
  await bench.connected(async (ctx) => {
    const [one, two] = await someBuyers(ctx);
    const ofRun = await underWay(ctx, [one], false);
    await ctx.store.plans.markSending(ofRun, [0]);
    const beside = await underWay(ctx, [one, two], true);
    await finishLeftovers(ctx);
    expect([await state(ctx, ofRun), await state(ctx, beside)]).toEqual(['applied', 'applied']);
    for (const id of [ofRun, beside])
      expect(await ctx.store.plans.receiptCounts(id)).toMatchObject({ open: 0, rejected: 0 });
    expect(holds(one)).toBe(`${90 + made}`);
  });
}, 60_000);
