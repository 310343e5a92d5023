import { afterEach, describe, expect, it } from 'vitest';
import type { Change, FieldChange, Receipt } from '../../../src/domain/change.ts';
import { sampleChanges, sampleHeld, sampleRequest } from '../../contract/provision-samples.ts';
import { type OrgSetup, type OrgUnderTest, startOrg } from './org-under-test.ts';
import { noiseOf, writesBy } from './writes-seen.ts';

const signal = new AbortController().signal;
let org: OrgUnderTest;
afterEach(async () => await org.close());

async function provisioned(setup: OrgSetup = {}) {
  org = await startOrg({ deals: 10, ...setup });
  const connector = org.open();
  await connector.provision({ ...sampleRequest, lists: [] }, signal);
  org.sandbox.org.writes.reset();
  org.sandbox.calls.reset();
  return connector;
}

function codes(receipts: readonly Receipt[]): readonly string[] {
  return receipts.map((receipt) => ('code' in receipt ? receipt.code : receipt.outcome));
}

function change(seq: number, customerId: string, ...fields: readonly FieldChange[]): Change {
  return { seq, customerId, priority: 'tier', fields };
}

const tier = (to: string | null) => ({ key: 'value_tier', from: null, to }) as const;
const spend = (to: string | null) => ({ key: 'net_amount', from: null, to }) as const;
const ids = () => org.liveIds('customers');
const record = (id: string) => org.sandbox.org.records.Contacts.get(id);

describe('a batch of changes', () => {
  it('goes by PUT in hundreds, quietly, and creates nothing', async () => {
    const connector = await provisioned();
    const [before, { spent }] = [ids().length, connector.usage()];
    const receipts = await connector.applyBatch(sampleChanges(ids()), 'run1', signal);
    expect(codes(receipts)).toEqual(ids().map(() => 'applied'));
    expect([writesBy(org, 'update'), noiseOf(org), ids().length]).toEqual([3, [], before]);
    // 1 to see our fields, 23 to write, 2 to prove it.
    expect([org.sandbox.calls.report().total, connector.usage().spent - spent]).toEqual([5, 26]);
  });

  it('leaves the run’s marker on each record, and the time of the answer in the receipt', async () => {
    const connector = await provisioned();
    const [id = ''] = ids();
    const [receipt] = await connector.applyBatch(sampleChanges([id]), 'run7', signal);
    expect(record(id)?.values['Assay_Run']).toBe('run7');
    const modifiedAt = new Date(record(id)?.modifiedAt ?? 0).toISOString();
    expect(receipt).toEqual({ seq: 0, outcome: 'applied', modifiedAt });
  });

  it('may set different fields on different records', async () => {
    const connector = await provisioned();
    const [one = '', two = '', three = ''] = ids();
    await connector.applyBatch(sampleChanges([one, two, three]), 'run1', signal);
    const changes = [
      change(0, one, tier('silver')),
      change(1, two, spend('7.25')),
      change(2, three, tier(null), spend('1')),
    ];
    expect(codes(await connector.applyBatch(changes, 'run2', signal))).toHaveLength(3);
    const held = await connector.readHeld([one, two, three], signal);
    expect(held.get(one)).toEqual({ ...sampleHeld, value_tier: 'silver' });
    expect(held.get(two)).toEqual({ ...sampleHeld, net_amount: '7.25' });
    const { value_tier: _tier, ...rest } = sampleHeld;
    expect(held.get(three)).toEqual({ ...rest, net_amount: '1' });
  });

  it('parks what is locked, in approval or in review, and writes the others', async () => {
    const connector = await provisioned();
    const some = ids().slice(0, 5);
    for (const [at, state] of (['locked', 'approval', 'review'] as const).entries()) {
      const stored = record(some[at] ?? '');
      if (stored !== undefined) stored.state = state;
    }
    const receipts = await connector.applyBatch(sampleChanges(some), 'run1', signal);
    expect(codes(receipts)).toEqual([
      ...['RECORD_LOCKED', 'NOT_APPROVED', 'NOT_REVIEWED', 'applied', 'applied'],
    ]);
    for (const receipt of receipts.slice(0, 3))
      expect(receipt).toMatchObject({ message: expect.stringContaining('the next run') });
  });

  it('says who is gone, and asks about nobody', async () => {
    const connector = await provisioned();
    const some = ids().slice(0, 3);
    await org.archive('customers', some[1] ?? '');
    const receipts = await connector.applyBatch(sampleChanges(some), 'run1', signal);
    expect(codes(receipts)).toEqual(['applied', 'RECORD_GONE', 'applied']);
    expect(writesBy(org, 'update')).toBe(1);
  });

  it('finds fields that a person renamed, label and API name', async () => {
    const connector = await provisioned();
    const field = org.sandbox.org.schema.field('Contacts', 'Assay_Value_Tier');
    const renamed = { field_label: 'Class', api_name: 'Customer_Class' };
    const path = `/settings/fields/${field?.id}?module=Contacts`;
    await org.call('PATCH', path, { fields: [renamed] });
    const [id = ''] = ids();
    const later = org.open();
    expect(codes(await later.applyBatch(sampleChanges([id]), 'run1', signal))).toEqual(['applied']);
    expect(record(id)?.values['Customer_Class']).toBe('gold');
    expect((await later.readHeld([id], signal)).get(id)).toEqual(sampleHeld);
    // The one that was open finds out by itself.
    const receipts = await connector.applyBatch(sampleChanges([id]), 'run2', signal);
    expect(codes(receipts)).toEqual(['applied']);
  });

  it('is one mass update where identical values go to many and that is cheaper', async () => {
    const sandbox = { prices: { massUpdateRecordsPerCredit: 100 } };
    const connector = await provisioned({ settings: { massUpdateCredits: 5 }, sandbox });
    const receipts = await connector.applyBatch(sampleChanges(ids()), 'run1', signal);
    expect(codes(receipts)).toEqual(ids().map(() => 'applied'));
    expect([writesBy(org, 'mass_update'), writesBy(org, 'update')]).toEqual([1, 0]);
    expect(noiseOf(org)).toEqual([]);
    const { modifiedAt } = record(ids()[0] ?? '') ?? { modifiedAt: 0 };
    expect(receipts[0]).toMatchObject({ modifiedAt: new Date(modifiedAt).toISOString() });
  });

  it('is PUT in the end where a mass update is refused', async () => {
    const connector = await provisioned({ settings: { massUpdateCredits: 5 } });
    const message = 'fields of a layout rule cannot be updated in mass';
    const body = { code: 'MAPPING_MISMATCH', details: {}, message, status: 'error' };
    org.sandbox.faults.add([
      {
        match: { path: 'mass_update' },
        probability: 1,
        times: 1,
        effect: { kind: 'reply', status: 400, headers: {}, body, when: 'before' },
      },
    ]);
    const receipts = await connector.applyBatch(sampleChanges(ids()), 'run1', signal);
    expect(codes(receipts)).toEqual(ids().map(() => 'applied'));
    expect([writesBy(org, 'mass_update'), writesBy(org, 'update')]).toEqual([0, 3]);
  });

  it('is PUT all the same while nobody has measured what a mass update costs', async () => {
    const connector = await provisioned();
    await connector.applyBatch(sampleChanges(ids()), 'run1', signal);
    expect(writesBy(org, 'mass_update')).toBe(0);
  });

  it('takes no more than a job holds', async () => {
    const connector = await provisioned();
    const changes = sampleChanges(Array.from({ length: 25_001 }, () => '1'));
    await expect(connector.applyBatch(changes, 'run1', signal)).rejects.toThrow(RangeError);
  });
});

describe('what is held', () => {
  it('costs a credit for a hundred records', async () => {
    const connector = await provisioned();
    const held = await connector.readHeld(ids(), signal);
    expect([...held.keys()]).toEqual(ids());
    const { endpoints } = org.sandbox.calls.report();
    expect(endpoints['GET /crm/v8/Contacts']?.count).toBe(3);
  });
});
