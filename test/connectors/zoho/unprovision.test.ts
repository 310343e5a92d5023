import { afterEach, expect, it } from 'vitest';
import { sampleFields, sampleRequest } from '../../contract/provision-samples.ts';
import { memoryStores } from './memory-stores.ts';
import { type OrgUnderTest, startOrg } from './org-under-test.ts';

const signal = new AbortController().signal;
const request = { ...sampleRequest, lists: [] };
let org: OrgUnderTest;
afterEach(async () => await org.close());

it('takes away what an earlier policy wrote, whatever it is called today', async () => {
  org = await startOrg({ contacts: 20, deals: 10 });
  const before = org.schema();
  await org.open().provision(request, signal);
  const { schema } = org.sandbox.org;
  const tier = schema.field('Contacts', 'Assay_Value_Tier');
  schema.update('Contacts', tier?.id ?? '', { label: 'Class', apiName: 'Class' });
  const later = org.opened({ fields: [{ key: 'rfm', name: 'rfm' }] });
  const { steps } = await later.unprovision({ ...request, fields: [] }, signal);
  expect(new Set(steps.map(({ outcome }) => outcome))).toEqual(new Set(['removed']));
  expect(org.schema()).toEqual(before);
  expect((await org.memory.fieldIds.load()).size).toBe(0);
});

it('leaves another connection’s fields, and strangers’ with our labels', async () => {
  org = await startOrg({ contacts: 20, deals: 10 });
  const other = org.opened({ memory: memoryStores(), settings: { fieldPrefix: 'Shop ' } });
  await other.provision(request, signal);
  org.sandbox.org.schema.create('Contacts', { label: 'Assay Reason', dataType: 'textarea' });
  const before = org.schema();
  await org.open().provision(request, signal);
  await org.open().unprovision(request, signal);
  expect(org.schema()).toEqual(before);
  expect(before.filter((name) => name.startsWith('field Shop_'))).toHaveLength(
    sampleFields.length + 1,
  );
});

it('finds what is ours from a store that has forgotten it', async () => {
  org = await startOrg({ contacts: 20, deals: 10 });
  const before = org.schema();
  await org.open().provision(request, signal);
  await org.opened({ memory: memoryStores() }).unprovision(request, signal);
  expect(org.schema()).toEqual(before);
});

it.each(['tags', 'campaigns'])(
  'takes no refusal for a sign that our %s are gone',
  async (lists) => {
    org = await startOrg({ contacts: 20, deals: 10, settings: { lists } });
    const connector = org.open();
    const made = await connector.provision(sampleRequest, signal);
    const known = { ...sampleRequest, knownLists: made.lists };
    const body = {};
    const effect = { kind: 'reply', status: 400, body, headers: {}, when: 'before' } as const;
    org.sandbox.faults.add([{ match: { method: 'DELETE' }, probability: 1, times: 1, effect }]);
    await expect(connector.unprovision(known, signal)).rejects.toMatchObject({
      disposition: 'reject',
    });
    const report = await connector.unprovision(known, signal);
    expect(report.steps[0]).toMatchObject({ subject: 'list', outcome: 'removed' });
  },
);

it.each(['tags', 'campaigns'])('takes away our %s and nobody else’s', async (lists) => {
  org = await startOrg({ contacts: 20, deals: 10, settings: { lists } });
  await org.createList('Theirs');
  const before = org.schema();
  const connector = org.open();
  const made = await connector.provision(sampleRequest, signal);
  const known = { ...sampleRequest, knownLists: made.lists };
  const report = await connector.unprovision(known, signal);
  expect(report.steps[0]).toMatchObject({ subject: 'list', outcome: 'removed' });
  expect(org.schema()).toEqual(before);
  const again = await connector.unprovision(known, signal);
  expect(again.steps).toMatchObject([{ subject: 'list', outcome: 'unchanged' }]);
});
