import { afterEach, describe, expect, it } from 'vitest';
import type { FaultEffect } from '../../../sandbox/zoho/fault-effect.ts';
import type { Change, Receipt } from '../../../src/domain/change.ts';
import { sampleChanges, sampleHeld, sampleRequest } from '../../contract/provision-samples.ts';
import { type OrgSetup, type OrgUnderTest, startOrg } from './org-under-test.ts';
import { noiseOf, writesBy } from './writes-seen.ts';

const signal = new AbortController().signal;
/** Just above the break-even. */
const many = 5_300;

function codes(receipts: readonly Receipt[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const receipt of receipts) {
    const code = 'code' in receipt ? receipt.code : receipt.outcome;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}

describe('a bulk write', () => {
  let org: OrgUnderTest;
  let ids: readonly string[];
  afterEach(async () => await org.close());

  const start = async (setup: OrgSetup = {}) => {
    org = await startOrg({ contacts: many, deals: 10, ...setup });
    ids = org.liveIds('customers');
    const connector = org.open();
    await connector.provision({ ...sampleRequest, lists: [] }, signal);
    org.sandbox.org.writes.reset();
    org.sandbox.calls.reset();
    return connector;
  };
  const strike = (effect: FaultEffect, times = 1) => {
    const match = { method: 'JOB', path: '/write$' };
    org.sandbox.faults.add([{ match, probability: 1, times, effect }]);
  };
  const stored = (id: string | undefined) => org.sandbox.org.records.Contacts.get(id ?? '');
  const jobs = () => org.sandbox.calls.report().endpoints['POST /crm/bulk/v8/write']?.count ?? 0;
  const written = () =>
    ids.filter((id) => stored(id)?.values['Assay_Value_Tier'] === 'gold').length;

  it('writes what is above the break-even for 500 credits and few calls', async () => {
    const connector = await start();
    const { batch, spends } = connector.writeRoute(many);
    expect(batch).toBe(25_000);
    const { spent } = connector.usage();
    const receipts = await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    expect(codes(receipts)).toEqual(new Map([['applied', many]]));
    expect([jobs(), writesBy(org, 'update'), noiseOf(org)]).toEqual([1, 0, []]);
    expect(connector.usage().spent - spent).toBeLessThanOrEqual(spends + 3);
    const held = await connector.readHeld(ids.slice(-100), signal);
    for (const values of held.values()) expect(values).toEqual(sampleHeld);
    expect(stored(ids[0])?.values['Assay_Run']).toBe('run1');
  });

  it('gives each row of its result a receipt of its own', async () => {
    const connector = await start();
    await org.archive('customers', ids[10] ?? '');
    const [locked, waiting] = [stored(ids[20]), stored(ids[30])];
    if (locked !== undefined) locked.state = 'locked';
    if (waiting !== undefined) waiting.state = 'approval';
    const receipts = await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    expect(receipts.map(({ seq }) => seq)).toEqual(ids.map((_, seq) => seq));
    expect([receipts[10], receipts[20], receipts[30]]).toMatchObject([
      ...[{ code: 'RECORD_GONE' }, { code: 'RECORD_LOCKED' }, { code: 'NOT_APPROVED' }],
    ]);
    expect(codes(receipts).get('applied')).toBe(many - 3);
    expect(writesBy(org, 'update')).toBe(0);
  });

  it('that ends FAILED is read back, and a second one writes what is missing', async () => {
    const connector = await start();
    strike({ kind: 'jobFailure' });
    const receipts = await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    expect(codes(receipts)).toEqual(new Map([['applied', many]]));
    expect(written()).toBe(many);
    // The first wrote half of them: what was left is cheaper by PUT.
    expect([jobs(), writesBy(org, 'update')]).toEqual([1, Math.ceil(many / 2 / 100)]);
  });

  it('that keeps failing is left alone, and the plan says so', async () => {
    const connector = await start({ contacts: 11_000 });
    strike({ kind: 'jobFailure' }, 9);
    const receipts = await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    expect(codes(receipts)).toEqual(new Map([['applied', ids.length]]));
    expect(jobs()).toBe(2);
    expect(connector.writeRoute(100_000)).toMatchObject({
      batch: 2_000,
      reason: expect.stringContaining('FAILED'),
    });
  });

  it('whose result is cut short is read back, and nothing is written twice', async () => {
    const connector = await start();
    strike({ kind: 'truncatedZip' });
    const receipts = await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    expect(codes(receipts)).toEqual(new Map([['applied', many]]));
    expect([jobs(), writesBy(org, 'update')]).toEqual([1, 0]);
  });

  it('whose result says more than the records show is not believed', async () => {
    const connector = await start();
    const { Contacts } = org.sandbox.org.records;
    // A workflow of the customer's that sets the field back.
    Contacts.onEvent(({ kind, record }) => {
      const isOurs = kind === 'edit' && record.values['Assay_Value_Tier'] === 'gold';
      if (isOurs) Contacts.change(record.id, { values: { Assay_Value_Tier: 'bronze' } });
    });
    const receipts = await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    expect(codes(receipts)).toEqual(new Map([['WRITE_NOT_CONFIRMED', many]]));
    expect([jobs(), writesBy(org, 'update')]).toEqual([2, 0]);
  });

  it('clears fields in a job of their own, where empty means empty', async () => {
    const connector = await start();
    await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    const cleared = ids.map((customerId, seq): Change => {
      const fields = [{ key: 'reason', from: 'so', to: null }] as const;
      return { seq, customerId, priority: 'fact', fields };
    });
    const receipts = await connector.applyBatch(cleared, 'run2', signal);
    expect(codes(receipts)).toEqual(new Map([['applied', many]]));
    expect([jobs(), writesBy(org, 'update')]).toEqual([2, 0]);
    const { reason: _reason, ...rest } = sampleHeld;
    const held = await connector.readHeld(ids.slice(0, 100), signal);
    for (const values of held.values()) expect(values).toEqual(rest);
  });

  it('leaves to PUT the few that clear a field among many that do not', async () => {
    const connector = await start();
    const changes = sampleChanges(ids).map((change, at) => {
      if (at % 1_000 !== 0) return change;
      return { ...change, fields: change.fields.map((field) => ({ ...field, to: null })) };
    });
    const receipts = await connector.applyBatch(changes, 'run1', signal);
    expect(codes(receipts)).toEqual(new Map([['applied', many]]));
    expect([jobs(), writesBy(org, 'update'), noiseOf(org)]).toEqual([1, 1, []]);
    expect((await connector.readHeld([ids[0] ?? ''], signal)).get(ids[0] ?? '')).toEqual({});
  });

  it('is never tried in the free edition', async () => {
    const connector = await start({ org: { edition: 'free', customFieldLimit: 50 } });
    expect(connector.writeRoute(many).reason).toContain('free edition');
    const receipts = await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    expect(codes(receipts)).toEqual(new Map([['applied', many]]));
    expect([jobs(), writesBy(org, 'update')]).toEqual([0, many / 100]);
  });

  it('that the edition refuses is written by PUT, and not tried again', async () => {
    const sandbox = { bulkWrite: { unavailableIn: ['enterprise'] } } as const;
    const connector = await start({ sandbox });
    const receipts = await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    expect(codes(receipts)).toEqual(new Map([['applied', many]]));
    expect([jobs(), writesBy(org, 'update')]).toEqual([1, many / 100]);
    expect(connector.writeRoute(many).reason).toContain('refuses bulk write');
  });

  it('that takes too long ends the run at its checkpoint', async () => {
    const sandbox = { bulkWrite: { jobMs: { queuedMs: 60_000 } } };
    const connector = await start({ sandbox, settings: { bulkTimeoutMs: 1_000 } });
    const writing = connector.applyBatch(sampleChanges(ids), 'run1', signal);
    const expected = { code: 'BULK_JOB_LATE', disposition: 'end-at-checkpoint' };
    await expect(writing).rejects.toMatchObject(expected);
  });

  it('can be switched off', async () => {
    const connector = await start({ contacts: 300, settings: { bulkWrite: false } });
    expect(connector.writeRoute(100_000)).toMatchObject({
      batch: 2_000,
      reason: expect.stringContaining('switched off'),
    });
  });
});
