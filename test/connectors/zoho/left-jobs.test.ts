import { afterEach, describe, expect, it } from 'vitest';
import type { FaultEffect } from '../../../sandbox/zoho/fault-effect.ts';
import type { Change } from '../../../src/domain/change.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { sampleChanges, sampleHeld, sampleRequest } from '../../contract/provision-samples.ts';
import { type OrgUnderTest, startOrg } from './org-under-test.ts';

const signal = new AbortController().signal;
/** Above the break-even of an org whose jobs cost next to nothing. */
const many = 200;
const settings = { bulkWriteCredits: 1 };
const write = '^/crm/bulk/v8/write$';

/** Which process writes what, in an org whose jobs take their time. */
describe('a bulk write job that outlives who began it', () => {
  let org: OrgUnderTest;
  let ids: readonly string[];
  afterEach(async () => await org.close());

  const start = async (jobMs: number) => {
    const sandbox = { bulkWrite: { jobMs: { queuedMs: jobMs } } };
    org = await startOrg({ contacts: many, deals: 10, settings, sandbox });
    ids = org.liveIds('customers');
    const connector = org.open();
    await connector.provision({ ...sampleRequest, lists: [] }, signal);
    org.sandbox.org.writes.reset();
    org.sandbox.calls.reset();
    return connector;
  };
  const count = (name: string) => org.sandbox.calls.report().endpoints[name]?.count ?? 0;
  const jobs = () => count('POST /crm/bulk/v8/write');
  const tiers = () => new Set(ids.map((id) => stored(id)?.['Assay_Value_Tier']));
  const stored = (id: string) => org.sandbox.org.records.Contacts.get(id)?.values;
  const cutOff = async (work: (stop: AbortSignal) => Promise<unknown>, until: () => boolean) => {
    const stop = new AbortController();
    const working = work(stop.signal);
    await expect.poll(until).toBe(true);
    stop.abort(new Error('killed'));
    await expect(working).rejects.toThrow('killed');
  };
  const strike = (effect: FaultEffect) =>
    org.sandbox.faults.add([
      { match: { method: 'POST', path: write }, probability: 1, times: 1, effect },
    ]);

  it('is waited for before anything is read back: it arrived, and nothing is sent again', async () => {
    const first = await start(700);
    await cutOff(
      (stop) => first.applyBatch(sampleChanges(ids), 'run1', stop),
      () => count('GET /crm/bulk/v8/write/{id}') > 0,
    );
    expect(tiers()).toEqual(new Set([undefined]));
    const held = await org.open().readHeld(ids, signal);
    expect([...held.values()].every((values) => values['value_tier'] === 'gold')).toBe(true);
    expect(await org.memory.jobs.load()).toEqual([]);
    expect(jobs()).toBe(1);
  });

  it('does not write over what a newer plan wrote', async () => {
    const first = await start(700);
    await cutOff(
      (stop) => first.applyBatch(sampleChanges(ids), 'run1', stop),
      () => count('GET /crm/bulk/v8/write/{id}') > 0,
    );
    const newer = ids.map((customerId, seq): Change => {
      const fields = [{ key: 'value_tier', from: null, to: 'silver' }] as const;
      return { seq, customerId, priority: 'tier', fields };
    });
    await org.open().applyBatch(newer, 'run2', signal);
    // Whatever is still at work would have ended by then.
    await systemClock.sleep(800, signal);
    expect(tiers()).toEqual(new Set(['silver']));
  });

  it('also where nobody heard its id', async () => {
    const first = await start(300);
    strike({ kind: 'slow', ms: 900, when: 'after' });
    await cutOff(
      (stop) => first.applyBatch(sampleChanges(ids), 'run1', stop),
      () => org.sandbox.faults.pending().length === 0,
    );
    expect(await org.memory.jobs.load()).toMatchObject([{ job: null }]);
    const held = await org.open().readHeld(ids.slice(-1), signal);
    expect([...held.values()]).toEqual([sampleHeld]);
    expect([await org.memory.jobs.load(), jobs()]).toEqual([[], 1]);
  });

  it.each<FaultEffect>([
    { kind: 'reset', when: 'after' },
    { kind: 'serverError', when: 'after' },
    { kind: 'truncated' },
  ])('is not made twice when its making is answered with $kind', async (effect) => {
    const connector = await start(100);
    strike(effect);
    const receipts = await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    expect(receipts.every(({ outcome }) => outcome === 'applied')).toBe(true);
    expect([jobs(), count('PUT /crm/v8/Contacts')]).toEqual([1, 0]);
    expect(await org.memory.jobs.load()).toEqual([]);
  });

  it('of which Zoho knows nothing, or that was begun long ago, holds up nobody', async () => {
    const connector = await start(0);
    const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    await org.memory.jobs.note({ key: 'a', begunAt: at(8), job: '4150868000009999999' });
    await org.memory.jobs.note({ key: 'b', begunAt: at(1), job: null });
    expect((await connector.readHeld(ids.slice(0, 3), signal)).size).toBe(3);
    expect(await org.memory.jobs.load()).toEqual([]);
  });

  it('that does not end stops the run at its checkpoint, and is waited for by the next', async () => {
    const slow = { bulkTimeoutMs: 1_000 };
    await start(60_000);
    const apply = org.opened({ settings: slow }).applyBatch(sampleChanges(ids), 'run1', signal);
    await expect(apply).rejects.toMatchObject({ code: 'BULK_JOB_LATE' });
    const next = org.opened({ settings: slow });
    const late = { code: 'BULK_JOB_LATE', disposition: 'end-at-checkpoint' };
    await expect(next.readHeld(ids, signal)).rejects.toMatchObject(late);
    org.sandbox.clock.advance(60_000);
    expect((await next.readHeld(ids, signal)).get(ids[0] ?? '')).toEqual(sampleHeld);
  });

  it('is no left one for those who work beside it in the same process', async () => {
    await start(400);
    const owner = {};
    const [one, two] = [org.opened({ owner }), org.opened({ owner })];
    const applying = one.applyBatch(sampleChanges(ids), 'run1', signal);
    await expect.poll(jobs).toBe(1);
    const held = await two.readHeld(ids.slice(0, 1), signal);
    expect(held.get(ids[0] ?? '')).toEqual({});
    await applying;
  });
});
