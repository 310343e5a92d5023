import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultEffect } from '../../../sandbox/zoho/fault-effect.ts';
import type { Receipt } from '../../../src/domain/change.ts';
import { sampleChanges, sampleHeld, sampleRequest } from '../../contract/provision-samples.ts';
import { impatientClock } from '../kit/impatient-clock.ts';
import { type OrgUnderTest, startOrg } from './org-under-test.ts';
import { noiseOf } from './writes-seen.ts';

const signal = new AbortController().signal;
const update = 'PUT /crm/v8/Contacts';

function codes(receipts: readonly Receipt[]): readonly string[] {
  return receipts.map((receipt) => ('code' in receipt ? receipt.code : receipt.outcome));
}

describe('a write that goes wrong', () => {
  let org: OrgUnderTest;
  let ids: readonly string[];
  const clock = impatientClock();

  beforeEach(async () => {
    org = await startOrg({ deals: 10 });
    ids = org.liveIds('customers').slice(0, 12);
    await org.open().provision({ ...sampleRequest, lists: [] }, signal);
    org.sandbox.org.writes.reset();
  });
  afterEach(async () => await org.close());

  const strike = (effect: FaultEffect, times = 1) => {
    const match = { method: 'PUT', path: '/Contacts$' };
    org.sandbox.faults.add([{ match, probability: 1, times, effect }]);
  };
  const apply = async (settings = {}) => {
    const connector = org.opened({ clock, settings });
    return await connector.applyBatch(sampleChanges(ids), 'run1', signal);
  };
  const updates = () => org.sandbox.calls.report().endpoints[update]?.count ?? 0;
  const held = async () => await org.open().readHeld(ids, signal);
  const schema = () => org.sandbox.org.schema;
  const field = (apiName: string) => schema().field('Contacts', apiName)?.id ?? '';

  const passing: readonly FaultEffect[] = [
    { kind: 'serverError', when: 'before' },
    { kind: 'serverError', when: 'after' },
    { kind: 'html', status: 502, when: 'before' },
    { kind: 'empty', status: 504, when: 'before' },
    { kind: 'empty', status: 504, when: 'after' },
    { kind: 'reset', when: 'before' },
    { kind: 'reset', when: 'after' },
    { kind: 'truncated' },
    { kind: 'tooMany', limit: 'concurrency' },
    { kind: 'tooMany', limit: 'subConcurrency' },
    { kind: 'expireToken' },
    { kind: 'authenticationFailure', expires: true },
  ];
  it.each(passing)(
    '$kind $status $when $limit passes, and the batch is sent again',
    async (effect) => {
      strike(effect);
      expect(codes(await apply())).toEqual(ids.map(() => 'applied'));
      expect(updates()).toBe(2);
      for (const values of (await held()).values()) expect(values).toEqual(sampleHeld);
      expect(noiseOf(org)).toEqual([]);
    },
  );

  it('an answer that does not come in time is given up and asked for again', async () => {
    strike({ kind: 'slow', ms: 1_000, when: 'after' });
    expect(codes(await apply({ timeoutMs: 400 }))).toEqual(ids.map(() => 'applied'));
    await expect.poll(updates, { timeout: 3_000 }).toBe(2);
  });

  it('a fault that lasts ends the attempts', async () => {
    strike({ kind: 'serverError', when: 'before' }, 50);
    await expect(apply()).rejects.toMatchObject({ code: 'CRM_UNAVAILABLE', disposition: 'retry' });
    expect(updates()).toBe(6);
  });

  it('spent credits end the run at its checkpoint', async () => {
    strike({ kind: 'tooMany', limit: 'credits' });
    const expected = { code: 'QUOTA_SPENT', disposition: 'end-at-checkpoint' };
    await expect(apply()).rejects.toMatchObject(expected);
    expect(updates()).toBe(1);
  });

  it('a missing scope pauses the connection and names it', async () => {
    strike({ kind: 'scopeMismatch' });
    const error = { code: 'SCOPE_MISSING', disposition: 'pause-connection' };
    const writing = apply();
    await expect(writing).rejects.toMatchObject(error);
    await expect(writing).rejects.toThrow('ZohoCRM.modules.contacts.UPDATE');
  });

  it.each(['RECORD_LOCKED', 'NOT_APPROVED', 'NOT_REVIEWED'] as const)(
    'a 207 with %s parks whom it names and nobody else',
    async (code) => {
      strike({ kind: 'partial', code, recordIds: [ids[5] ?? ''], count: 1 });
      const expected = ids.map((_, index) => (index === 5 ? code : 'applied'));
      expect(codes(await apply())).toEqual(expected);
      expect(codes(await apply())).toEqual(ids.map(() => 'applied'));
    },
  );

  it('a success that wrote nothing is found and sent again', async () => {
    strike({ kind: 'silent', recordIds: [ids[3] ?? ''], count: 1 });
    expect(codes(await apply())).toEqual(ids.map(() => 'applied'));
    expect((await held()).get(ids[3] ?? '')).toEqual(sampleHeld);
    expect(updates()).toBe(2);
  });

  it('a success that never writes is said to be none', async () => {
    strike({ kind: 'silent', recordIds: [ids[3] ?? ''], count: 1 }, 2);
    const expected = ids.map((_, index) => (index === 3 ? 'WRITE_NOT_CONFIRMED' : 'applied'));
    expect(codes(await apply())).toEqual(expected);
  });

  it('a field that a person deleted stops the work, before and behind its back', async () => {
    const open = org.opened({ clock });
    await open.readHeld(ids, signal);
    schema().delete('Contacts', field('Assay_Reason'));
    const error = { code: 'FIELD_MISSING', disposition: 'pause-connection' };
    // Zoho leaves out what it does not know and says SUCCESS; the proof does not.
    await expect(open.applyBatch(sampleChanges(ids), 'run1', signal)).rejects.toMatchObject(error);
    await expect(apply()).rejects.toMatchObject(error);
    await expect(apply()).rejects.toThrow('reason');
  });

  it('a field that is hidden from the token’s profile stops the work too', async () => {
    schema().hide('Contacts', field('Assay_Value_Score'), true);
    await expect(apply()).rejects.toMatchObject({ code: 'FIELD_MISSING' });
    await expect(apply()).rejects.toThrow('hidden');
  });

  it('a picklist without our value stops the work, and provision adds it', async () => {
    const picklist = schema().field('Contacts', 'Assay_Value_Tier');
    const gold = picklist?.pickList.find(({ actualValue }) => actualValue === 'gold');
    const gone = [{ id: gold?.id ?? '', displayValue: 'GOLD', isDeleted: true }];
    schema().update('Contacts', picklist?.id ?? '', { pickList: gone });
    const error = { code: 'FIELD_OPTION_MISSING', disposition: 'pause-connection' };
    await expect(apply()).rejects.toMatchObject(error);
    await expect(apply()).rejects.toThrow('“gold”'.replaceAll(/[“”]/g, '"'));
    const { steps } = await org.open().provision({ ...sampleRequest, lists: [] }, signal);
    expect(steps.filter(({ outcome }) => outcome === 'extended')).toHaveLength(1);
    expect(codes(await apply())).toEqual(ids.map(() => 'applied'));
  });

  it('values that people renamed are still ours', async () => {
    const picklist = schema().field('Contacts', 'Assay_Value_Tier');
    const gold = picklist?.pickList.find(({ actualValue }) => actualValue === 'gold');
    const renamed = [{ id: gold?.id ?? '', displayValue: 'Best of all' }];
    schema().update('Contacts', picklist?.id ?? '', { pickList: renamed });
    expect(codes(await apply())).toEqual(ids.map(() => 'applied'));
    for (const values of (await held()).values()) expect(values).toEqual(sampleHeld);
    const { steps } = await org.open().provision({ ...sampleRequest, lists: [] }, signal);
    expect(new Set(steps.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
    expect(schema().field('Contacts', 'Assay_Value_Tier')?.pickList[0]?.displayValue).toBe(
      'Best of all',
    );
  });

  it('without the marker’s field every record is looked at, and the work goes on', async () => {
    schema().delete('Contacts', field('Assay_Run'));
    expect(codes(await apply())).toEqual(ids.map(() => 'applied'));
    for (const values of (await held()).values()) expect(values).toEqual(sampleHeld);
  });
});

it('a field that is gone is named where Zoho refuses what it does not know, too', async () => {
  const org = await startOrg({ contacts: 20, deals: 10, org: { unknownField: 'refuse' } });
  const connector = org.open();
  await connector.provision({ ...sampleRequest, lists: [] }, signal);
  const changes = sampleChanges(org.liveIds('customers'));
  await connector.applyBatch(changes, 'run1', signal);
  const { schema } = org.sandbox.org;
  schema.delete('Contacts', schema.field('Contacts', 'Assay_Reason')?.id ?? '');
  const error = { code: 'FIELD_MISSING', disposition: 'pause-connection' };
  await expect(connector.applyBatch(changes, 'run2', signal)).rejects.toMatchObject(error);
  await org.close();
});

it('a picklist that stores whatever it is given is held to our values all the same', async () => {
  const org = await startOrg({ contacts: 20, deals: 10, org: { unknownPickListValue: 'store' } });
  const connector = org.open();
  await connector.provision({ ...sampleRequest, lists: [] }, signal);
  const [id = ''] = org.liveIds('customers');
  const fields = [{ key: 'value_tier', from: null, to: 'platinum' }] as const;
  const change = { seq: 0, customerId: id, priority: 'tier', fields } as const;
  const error = { code: 'FIELD_OPTION_MISSING', disposition: 'pause-connection' };
  await expect(connector.applyBatch([change], 'run1', signal)).rejects.toMatchObject(error);
  await org.close();
});
