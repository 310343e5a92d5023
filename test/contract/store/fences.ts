import { describe, expect, it } from 'vitest';
import type { Lease, Store } from '../../../src/store/store.ts';
import { sight } from './baselines.ts';
import {
  aCustomer,
  aHistory,
  aPage,
  aPull,
  aScore,
  aTask,
  day,
  type GetStore,
  newConnection,
  world,
} from './fixtures.ts';
import { cuts, members } from './scores.ts';

const hint = { key: 'a', object: 'deals', id: '1', kind: 'changed', at: day(1) } as const;
const list = { key: 'a', crmId: '1', name: 'A', kind: 'static', status: 'active' } as const;
const field = { key: 'value_tier', from: null, to: 'gold' } as const;
const step = { listKey: 'a', customerId: '1', action: 'add' } as const;
const page = { customers: [aCustomer('1')], deals: [], removals: [] };
const summary = {
  ...{
    customers: 1,
    changes: 0,
    changesByPriority: {},
    changesByField: {},
    tierMoves: [],
    lists: [],
    warnings: [],
  },
  cost: { calls: 0, spends: 0, unit: 'calls', quotaShare: null, days: null, route: null },
} as const;

const seenBy = (c: string) => ({ id: c, connection: c, runId: 'run-1', asOf: '2026-01-01' });

type Write = readonly [name: string, write: (store: Store, c: string) => Promise<unknown>];

/** Whatever only a holder writes, in an order in which a holder may. */
const writes: readonly Write[] = [
  ['pulls.begin', ({ pulls }, c) => pulls.begin(c, aPull({ tasks: [aTask('a')] }))],
  ['pulls.savePage', ({ pulls }, c) => pulls.savePage(c, aPage({ ...page, taskKey: 'a' }))],
  ['pulls.saveNamed', ({ pulls }, c) => pulls.saveNamed(c, { ...page, mark: 1 })],
  ['pulls.finish', ({ pulls }, c) => pulls.finish(c)],
  ['pulls.abandon', ({ pulls }, c) => pulls.abandon(c)],
  ['records.saveHeld', ({ records }, c) => records.saveHeld(c, new Map([['1', { rfm: '1' }]]))],
  ['records.spreadDirty', ({ records }, c) => records.spreadDirty(c)],
  ['scores.saveHistories', ({ scores }, c) => scores.saveHistories(c, [aHistory('1')])],
  ['scores.saveCutPoints', ({ scores }, c) => scores.saveCutPoints(c, 'run-1', cuts)],
  ['scores.save', ({ scores }, c) => scores.save(c, 'run-1', [aScore('1')])],
  ['lists.begin', ({ lists }, c) => lists.begin(c, { key: 'b', name: 'B' })],
  ['lists.saveKnown', ({ lists }, c) => lists.saveKnown(c, [list])],
  ['plans.create', ({ plans }, c) => plans.create(planOf(c))],
  ['baselines.keep', ({ baselines }, c) => baselines.keep(seenBy(c), sight)],
  ['plans.addChanges', ({ plans }, c) => plans.addChanges(c, [changeOf(0), changeOf(1)])],
  ['plans.addMemberships', ({ plans }, c) => plans.addMemberships(c, [step])],
  ['plans.finish', ({ plans }, c) => plans.finish(c, summary)],
  ['plans.countAsPlanned', ({ plans }, c) => plans.countAsPlanned(c, ['run-1'])],
  ['plans.supersede', ({ plans }, c) => plans.supersede(c, 'another', ['0'])],
  ['plans.hold', ({ plans }, c) => plans.hold(c, [], { actor: 'a', at: day(1) })],
  [
    'plans.outdate',
    ({ plans }) =>
      plans.outdate('none', { why: 'policy', customers: 0 }, { actor: 'a', at: day(1) }),
  ],
  ['plans.setStatus', ({ plans }, c) => plans.setStatus(c, 'applying')],
  ['plans.markPending', ({ plans }, c) => plans.markPending(c, [1])],
  ['plans.markSending', ({ plans }, c) => plans.markSending(c, [1])],
  ['plans.markStepsSending', ({ plans }, c) => plans.markStepsSending(c, [step])],
  ['plans.markStepsPending', ({ plans }, c) => plans.markStepsPending(c, [step])],
  [
    'plans.saveReceipts',
    ({ plans }, c) =>
      plans.saveReceipts(c, c, 'run-1', [{ seq: 1, outcome: 'applied', modifiedAt: day(2) }]),
  ],
  [
    'plans.saveMembershipReceipts',
    ({ plans }, c) => plans.saveMembershipReceipts(c, c, [{ ...step, outcome: 'applied' }]),
  ],
  ['lists.replaceMembers', ({ lists }, c) => lists.replaceMembers(c, 'a', members(['1']))],
  [
    'identities.resolve',
    ({ identities }, c) =>
      identities.resolve(c, { id: c, connections: [c, `${c}-2`], by: ['email'] }),
  ],
  ['inbox.done', async ({ inbox }, c) => inbox.done(c, await readyOf(inbox, c))],
  ['erasures.erase', ({ erasures }, c) => erasures.erase(c, ['9'], {})],
];

/** What reads, what is the same whoever says it, and what comes from without. */
const others = [
  ...[
    'pulls.watermark',
    'pulls.open',
    'pulls.receipts',
    'pulls.mark',
    'pulls.isListingDue',
    'records.counts',
    'records.unattributed',
  ],
  ...[
    'records.page',
    'records.byIds',
    'records.externalIds',
    'records.dirty',
    'records.find',
    'records.referrals',
  ],
  ...['records.duplicates', 'records.dealsOf', 'records.coverage', 'scores.histories'],
  ...[
    'scores.page',
    'scores.ids',
    'plans.sendingSteps',
    'scores.unplannedRuns',
    'scores.carried',
    'scores.byId',
    'scores.cutPoints',
  ],
  ...['scores.standings', 'scores.state', 'scores.savePolicy', 'scores.policy', 'scores.hash'],
  ...['scores.tiers', 'plans.unfinished', 'plans.sending', 'plans.byId', 'plans.latest'],
  ...['plans.changes', 'plans.receiptCounts', 'plans.rejections', 'plans.memberships'],
  ...['pulls.unlisted', 'plans.comparedSince', 'baselines.look', 'baselines.heldTiers'],
  ...[
    'baselines.last',
    'plans.decide',
    'plans.lastWord',
    'plans.list',
    'plans.moves',
    'plans.allMemberships',
  ],
  ...['plans.ownWrites', 'lists.known', 'lists.begun', 'lists.sizes', 'identities.saveAccount'],
  ...['identities.accounts', 'identities.partners', 'identities.standings', 'identities.counts'],
  ...['identities.list', 'identities.referrals', 'inbox.add', 'inbox.ready', 'inbox.waiting'],
  ...['inbox.purge', 'history.of', 'history.cuts', 'erasures.find', 'erasures.clean'],
];

/** A holder whom somebody followed writes nothing more. */
export function describeFences(get: GetStore): void {
  const acquired = async (c: string, holder: string, ttlMs: number): Promise<Lease> => {
    const answer = await get().leases.acquire(c, holder, ttlMs);
    if (answer.status !== 'acquired') throw new Error(`Held by ${answer.holder}`);
    return answer.lease;
  };

  describe('the store of a holder', () => {
    it('takes every write while the lease is its own, lapsed or not', async () => {
      const c = newConnection();
      const held = get().fenced(await acquired(c, 'a', -1));
      await get().inbox.add(c, [hint], day(1));
      for (const [, write] of writes) await write(held, c);
      expect(await get().plans.receiptCounts(c)).toMatchObject({ applied: 1, unchanged: 1 });
      expect(await get().inbox.ready(c, look)).toEqual([]);
    });

    it.each(writes)('that was followed by another refuses %s', async (_name, write) => {
      const c = newConnection();
      const former = get().fenced(await acquired(c, 'a', -1));
      const present = get().fenced(await acquired(c, 'b', 60_000));
      await get().inbox.add(c, [hint], day(1));
      await expect(write(former, c)).rejects.toMatchObject({
        ...{ code: 'LEASE_LOST', disposition: 'end-at-checkpoint' },
      });
      await present.pulls.savePage(c, aPage({ customers: [aCustomer('2')] }));
      expect((await world(former, c)).map(({ customer }) => customer.id)).toEqual(['2']);
      expect(await get().inbox.ready(c, look)).toHaveLength(1);
    });

    it('leaves out no method that writes', () => {
      const { pulls, records, scores, plans, baselines } = get();
      const { lists, identities, inbox, history, erasures } = get();
      const ports = {
        ...{ pulls, records, scores, plans, baselines },
        ...{ lists, identities, inbox, history, erasures },
      };
      const methods = Object.entries(ports).flatMap(([port, of]) =>
        Object.keys(of).map((method) => `${port}.${method}`),
      );
      const known = [...writes.map(([name]) => name), ...others];
      expect(methods.toSorted()).toEqual(known.toSorted());
    });

    it('refuses after a release too, even when the same holder comes back', async () => {
      const c = newConnection();
      const first = await acquired(c, 'a', 60_000);
      await get().leases.release(first);
      const write = () =>
        get()
          .fenced(first)
          .scores.save(c, 'run-1', [aScore('1')]);
      await expect(write()).rejects.toMatchObject({ code: 'LEASE_LOST' });
      const again = await acquired(c, 'a', 60_000);
      await expect(write()).rejects.toMatchObject({ code: 'LEASE_LOST' });
      await get()
        .fenced(again)
        .scores.save(c, 'run-1', [aScore('1')]);
    });
  });
}

const look = { now: day(9), debounceMs: 0, maxWaitMs: 0, limit: 9 };

function readyOf(inbox: Store['inbox'], c: string) {
  return inbox.ready(c, look);
}

function planOf(c: string) {
  return { id: c, connection: c, runId: 'run-1', createdAt: day(1), asOf: '2026-01-01' };
}

function changeOf(seq: number) {
  return { seq, customerId: String(seq), priority: 'tier', fields: [field] } as const;
}
