import { describe, expect, it } from 'vitest';
import type { PlanStatus } from '../../../src/domain/plan.ts';
import { aCustomer, aScore, day, type GetStore, newConnection, save, world } from './fixtures.ts';
import { members } from './scores.ts';

/** Plans of rescorings, beside those of runs: of two that compared a customer, the newer one counts. */
export function describePlansBeside(get: GetStore): void {
  let made = 0;
  /** A plan that changes each of these customers; `seq` is the customer's place. */
  const makePlan = async (
    c: string,
    customers: readonly string[],
    { beside = false, status = 'applying' }: { beside?: boolean; status?: PlanStatus } = {},
  ) => {
    made += 1;
    const id = `${c}-${made}`;
    const plan = { id, connection: c, runId: `run-${id}`, createdAt: day(1), asOf: '2026-01-01' };
    await get().plans.create({ ...plan, beside });
    await get().plans.addChanges(
      id,
      customers.map((customerId, seq) => ({
        ...{ seq, customerId, priority: 'tier' as const },
        fields: [
          { key: 'value_tier', from: null, to: `${id} of ${customerId}` },
          { key: 'reason', from: 'old', to: null },
        ],
      })),
    );
    if (status !== 'draft') await get().plans.setStatus(id, status);
    return id;
  };
  const pending = async (id: string) =>
    (await get().plans.changes(id, { state: 'pending', after: null, limit: 99 })).map(
      ({ customerId }) => customerId,
    );
  const status = async (id: string) => (await get().plans.byId(id))?.status;

  describe('a plan beside a run', () => {
    it('takes no plan’s place, loses its own only as a draft, and is not the latest', async () => {
      const c = newConnection();
      const ofRun = await makePlan(c, [], { status: 'ready' });
      const ready = await makePlan(c, [], { beside: true, status: 'ready' });
      const draft = await makePlan(c, [], { beside: true, status: 'draft' });
      expect(await status(ofRun)).toBe('ready');
      expect((await get().plans.latest(c, ['draft', 'ready']))?.id).toBe(ofRun);
      await makePlan(c, [], { status: 'draft' });
      expect(await Promise.all([ofRun, ready, draft].map(status))).toEqual([
        ...['superseded', 'ready', 'superseded'],
      ]);
    });

    it('is finished in its turn when several were left unfinished', async () => {
      const c = newConnection();
      const ofRun = await makePlan(c, []);
      const beside = await makePlan(c, [], { beside: true, status: 'ready' });
      await makePlan(c, [], { beside: true, status: 'applied' });
      await makePlan(newConnection(), []);
      expect((await get().plans.unfinished(c)).map(({ id }) => id)).toEqual([ofRun, beside]);
    });

    it('closes what others wait to write to its customers, and nothing else', async () => {
      const c = newConnection();
      const older = await makePlan(c, ['1', '2', '3']);
      const elsewhere = await makePlan(newConnection(), ['1']);
      await get().plans.markSending(older, [1]);
      const newer = await makePlan(c, ['1', '2'], { beside: true });
      await get().plans.supersede(c, newer, ['1', '2']);
      await get().plans.supersede(c, newer, []);
      expect(await pending(older)).toEqual(['3']);
      expect(await pending(newer)).toEqual(['1', '2']);
      expect(await pending(elsewhere)).toEqual(['1']);
      expect(await get().plans.receiptCounts(older)).toMatchObject({ unchanged: 1, open: 2 });
      expect(await get().plans.markSending(older, [0])).toEqual([]);
    });

    it('closes the older plan’s steps of its customers on lists too', async () => {
      const c = newConnection();
      const list = {
        key: 'best',
        crmId: '7',
        name: 'Best',
        kind: 'static',
        status: 'active',
      } as const;
      await get().lists.saveKnown(c, [list]);
      await get().lists.replaceMembers(c, 'best', members(['1']));
      const older = await makePlan(c, []);
      const step = { listKey: 'best', action: 'remove' } as const;
      const steps = ['1', '2'].map((customerId) => ({ ...step, customerId }));
      await get().plans.addMemberships(older, steps);
      await get().plans.supersede(c, await makePlan(c, [], { beside: true }), ['1']);
      expect(await get().plans.memberships(older, { listKey: 'best', limit: 9 })).toEqual(
        steps.slice(1),
      );
      expect(await get().lists.sizes(c)).toEqual({ best: 1 });
    });
  });

  it('a step that was on its way when a newer plan closed it is ours once the CRM tells of it', async () => {
    const c = newConnection();
    const list = {
      key: 'best',
      crmId: '7',
      name: 'Best',
      kind: 'static',
      status: 'active',
    } as const;
    await get().lists.saveKnown(c, [list]);
    const older = await makePlan(c, []);
    const steps = ['1', '2'].map((customerId) => {
      return { listKey: 'best', customerId, action: 'add' } as const;
    });
    await get().plans.addMemberships(older, steps);
    await get().plans.supersede(c, await makePlan(c, [], { beside: true }), ['1', '2']);
    const [one, two] = steps;
    if (one === undefined || two === undefined) throw new Error('no steps');
    await get().plans.saveMembershipReceipts(c, older, [
      { ...one, outcome: 'applied' },
      { ...two, outcome: 'rejected', code: 'RECORD_GONE' },
    ]);
    const { memberships } = await get().plans.receiptCounts(older);
    expect(memberships).toMatchObject({ applied: 1, unchanged: 1, rejected: 0, open: 0 });
    expect(await get().lists.sizes(c)).toEqual({ best: 1 });
  });

  describe('steps on lists that are on their way', () => {
    const steps = ['1', '2'].map((customerId) => {
      return { listKey: 'best', customerId, action: 'add' } as const;
    });
    const select = { listKey: 'best', limit: 9 } as const;
    const sent = async () => {
      const c = newConnection();
      const list = { crmId: '7', name: 'Best', kind: 'static', status: 'active' } as const;
      await get().lists.saveKnown(c, [{ key: 'best', ...list }]);
      const older = await makePlan(c, []);
      await get().plans.addMemberships(older, steps);
      const marked = await get().plans.markStepsSending(older, steps.slice(0, 1));
      expect(marked).toEqual(steps.slice(0, 1));
      return { c, older };
    };

    it('are closed by no newer plan, and told until their receipts are there', async () => {
      const { c, older } = await sent();
      const { plans } = get();
      await plans.supersede(c, await makePlan(c, [], { beside: true }), ['1', '2']);
      expect(await plans.memberships(older, select)).toEqual(steps.slice(0, 1));
      expect(await plans.memberships(older, { ...select, sending: true })).toHaveLength(1);
      expect(await plans.memberships(older, { ...select, sending: false })).toEqual([]);
      expect(await plans.markStepsSending(older, steps)).toEqual(steps.slice(0, 1));
      expect(await plans.sendingSteps(c, ['1', '2'])).toEqual(steps.slice(0, 1));
      expect(await plans.sendingSteps(c, [])).toEqual([]);
      expect(await plans.sendingSteps(newConnection(), ['1'])).toEqual([]);
      const receipts = steps.slice(0, 1).map((one) => ({ ...one, outcome: 'applied' as const }));
      await plans.saveMembershipReceipts(c, older, receipts);
      expect(await plans.sendingSteps(c, ['1', '2'])).toEqual([]);
      expect(await plans.markStepsSending(older, steps)).toEqual([]);
    });

    it('are taken by no other plan meanwhile, and by that one afterwards', async () => {
      const { c, older } = await sent();
      const { plans } = get();
      const newer = await makePlan(c, [], { beside: true });
      const remove = steps.map((one) => ({ ...one, action: 'remove' as const }));
      await plans.addMemberships(newer, remove);
      expect(await plans.markStepsSending(newer, remove)).toEqual(remove.slice(1));
      await plans.markStepsPending(older, steps);
      await plans.markStepsPending(older, []);
      expect(await plans.markStepsSending(newer, remove)).toHaveLength(2);
      expect(await plans.markStepsSending(older, steps)).toEqual([]);
      expect(await plans.markStepsSending(older, [])).toEqual([]);
    });
  });

  describe('a customer whom a plan is writing to', () => {
    it('holds what was written, whatever a page shows that was read before the receipt', async () => {
      const c = newConnection();
      await save(get(), c, { customers: [aCustomer('1'), aCustomer('2')] });
      const plan = await makePlan(c, ['1']);
      await get().plans.markSending(plan, [0]);
      const before = await get().pulls.receipts();
      const receipt = { seq: 0, outcome: 'applied', modifiedAt: day(2) } as const;
      await get().plans.saveReceipts(c, plan, 'marker', [receipt]);
      const after = await get().pulls.receipts();
      const old = ['1', '2'].map((id) => {
        return aCustomer(id, { name: 'Another', held: { reason: 'old' }, modifiedAt: day(3) });
      });
      const heldOf = async (receipts: number) => {
        await save(get(), c, { customers: old, receipts });
        return (await world(get(), c)).map(({ customer }) => [customer.name, customer.held]);
      };
      const theirs = ['Another', { reason: 'old' }];
      expect(await heldOf(before)).toEqual([['Another', { value_tier: `${plan} of 1` }], theirs]);
      expect(await heldOf(after)).toEqual([theirs, theirs]);
    });

    it('is told with what is on its way, until the receipt is there', async () => {
      const c = newConnection();
      const plan = await makePlan(c, ['1', '2']);
      await get().plans.markSending(plan, [0]);
      const sending = () => get().plans.sending(c, ['1', '2', '9']);
      expect(await sending()).toEqual(
        new Map([['1', { value_tier: `${plan} of 1`, reason: null }]]),
      );
      expect(await get().plans.sending(c, [])).toEqual(new Map());
      expect(await get().plans.sending(newConnection(), ['1'])).toEqual(new Map());
      await get().plans.saveReceipts(c, plan, 'marker', [{ seq: 0, outcome: 'unchanged' }]);
      expect(await sending()).toEqual(new Map());
    });

    it('is written to by no other plan meanwhile, and by that one afterwards', async () => {
      const c = newConnection();
      const first = await makePlan(c, ['1']);
      const second = await makePlan(c, ['1', '2'], { beside: true });
      const send = (id: string, seqs: readonly number[]) => get().plans.markSending(id, seqs);
      expect(await send(first, [0])).toEqual([0]);
      expect(await send(second, [0, 1])).toEqual([1]);
      expect(await pending(second)).toEqual(['1']);
      await get().plans.markPending(first, [0]);
      expect(await send(second, [0])).toEqual([0]);
      expect(await send(first, [0])).toEqual([]);
    });
  });

  it('scores count as planned run by run, or all together with a run’s plan', async () => {
    const c = newConnection();
    for (const run of ['a', 'b', 'c']) await get().scores.save(c, run, [aScore(run)]);
    await get().plans.countAsPlanned(c, ['b', 'none']);
    expect((await get().scores.unplannedRuns(c)).toSorted()).toEqual(['a', 'c']);
    const plan = await makePlan(c, [], { status: 'draft' });
    const summary = (await get().plans.byId(plan))?.summary;
    if (summary !== undefined) await get().plans.finish(plan, summary);
    expect(await get().scores.unplannedRuns(c)).toEqual([]);
  });
}
