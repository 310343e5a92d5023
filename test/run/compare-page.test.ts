import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PlanId, RecordId } from '../../src/domain/ids.ts';
import { comparePage, summarizerOf } from '../../src/run/compare-page.ts';
import type { RunContext } from '../../src/run/context.ts';
import { listsAsKnown } from '../../src/run/lists-as-known.ts';
import type { Store } from '../../src/store/store.ts';
import { members } from '../contract/store/scores.ts';
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

type Moment = (store: Store, arrive: () => Promise<void>) => Store;

async function then<T>(work: Promise<T>, next: () => Promise<void>): Promise<T> {
  const result = await work;
  await next();
  return result;
}

/** When the receipts of what another plan is writing come in. */
const moments: Readonly<Record<string, Moment>> = {
  'before anything was asked': (store, arrive) => {
    const { plans } = store;
    const supersede: typeof plans.supersede = (...of) =>
      then(arrive(), () => plans.supersede(...of));
    return { ...store, plans: { ...plans, supersede } };
  },
  'once what waits was closed': (store, arrive) => {
    const { plans } = store;
    const supersede: typeof plans.supersede = (...of) => then(plans.supersede(...of), arrive);
    return { ...store, plans: { ...plans, supersede } };
  },
  'once what is on its way was asked for': (store, arrive) => {
    const { plans } = store;
    const sendingSteps: typeof plans.sendingSteps = (...of) =>
      then(plans.sendingSteps(...of), arrive);
    return { ...store, plans: { ...plans, sendingSteps } };
  },
  'once what is there was read': (store, arrive) => {
    const { scores } = store;
    const page: typeof scores.page = (...of) => then(scores.page(...of), arrive);
    return { ...store, scores: { ...scores, page } };
  },
};

let made = 0;

async function comparedIn(ctx: RunContext, ids: readonly RecordId[]): Promise<PlanId> {
  const { connection, store } = ctx;
  const lists = await listsAsKnown(ctx);
  const { quota } = await ctx.connector.account(ctx.signal);
  made += 1;
  const about = { connection, createdAt: `${AS_OF}T00:00:00.000Z`, asOf: AS_OF, beside: true };
  const plan = { ...about, id: `p-${made}`, runId: `w-${made}` };
  await store.plans.create(plan);
  const summarizer = summarizerOf(ctx, lists, quota);
  await comparePage(ctx, { planId: plan.id, lists, summarizer }, ids, 0);
  await store.plans.setStatus(plan.id, 'applying');
  return plan.id;
}

const all = { after: null, limit: 1_000 } as const;

/** Nobody holds anything of ours any more, as far as we know, and nobody is on a list. */
async function forgetAll({ connection, store }: RunContext): Promise<readonly RecordId[]> {
  const ids = await store.scores.ids(connection, all);
  await store.records.saveHeld(connection, new Map(ids.map((id) => [id, {}])));
  for (const { key } of await store.lists.known(connection))
    await store.lists.replaceMembers(connection, key, members([]));
  return ids;
}

/** All of a plan is sent; returns how its receipts come. */
async function sent({ connection, store }: RunContext, id: PlanId): Promise<() => Promise<void>> {
  const changes = await store.plans.changes(id, all);
  const steps = await store.plans.allMemberships(id, all);
  expect(changes.length).toBeGreaterThan(0);
  expect(steps.length).toBeGreaterThan(0);
  const seqs = changes.map(({ seq }) => seq);
  expect(await store.plans.markSending(id, seqs)).toHaveLength(seqs.length);
  expect(await store.plans.markStepsSending(id, steps)).toHaveLength(steps.length);
  const arrived = { outcome: 'applied', modifiedAt: null } as const;
  return async () => {
    const receipts = seqs.map((seq) => ({ ...arrived, seq }));
    await store.plans.saveReceipts(connection, id, 'marker', receipts);
    const outcomes = steps.map((step) => ({ ...step, outcome: 'applied' as const }));
    await store.plans.saveMembershipReceipts(connection, id, outcomes);
  };
}

it.each(Object.keys(moments))(
  'what another plan is writing is planned by no second one: the receipts come %s',
  async (when) => {
    const moment = moments[when];
    if (moment === undefined) throw new Error('no such moment');
    await bench.connected(async (ctx) => {
      const ids = await forgetAll(ctx);
      const receive = await sent(ctx, await comparedIn(ctx, ids));
      let times = 0;
      const arrive = async () => {
        times += 1;
        await receive();
      };
      const second = await comparedIn({ ...ctx, store: moment(ctx.store, arrive) }, ids);
      expect(times).toBe(1);
      expect(await ctx.store.plans.changes(second, all)).toEqual([]);
      expect(await ctx.store.plans.allMemberships(second, all)).toEqual([]);
    });
  },
);
