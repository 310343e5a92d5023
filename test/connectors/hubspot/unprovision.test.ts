import { afterEach, expect, it } from 'vitest';
import { sampleFields, sampleRequest } from '../../contract/provision-samples.ts';
import { type PortalUnderTest, startPortal } from './portal-under-test.ts';

const signal = new AbortController().signal;
let portal: PortalUnderTest;
afterEach(async () => await portal.close());

it('takes away what an earlier policy wrote, whatever it was called', async () => {
  portal = await startPortal();
  const before = portal.schema();
  const { lists } = await portal.open().provision(sampleRequest, signal);
  const later = portal.opened({ fields: [{ key: 'rfm', name: 'rfm' }] });
  await later.unprovision({ ...sampleRequest, fields: [], knownLists: lists }, signal);
  expect(portal.schema()).toEqual(before);
});

it('leaves alone what another connection wrote under a longer prefix', async () => {
  portal = await startPortal();
  const other = portal.opened({ settings: { fieldPrefix: 'assay_shop_' } });
  await other.provision({ ...sampleRequest, lists: [] }, signal);
  const before = portal.schema();
  const ours = portal.opened();
  await ours.provision({ ...sampleRequest, lists: [] }, signal);
  await ours.unprovision({ ...sampleRequest, lists: [] }, signal);
  expect(portal.schema()).toEqual(before);
  const names = sampleFields.map(({ name }) => `property assay_shop_${name}`);
  expect(portal.schema()).toEqual(expect.arrayContaining(names));
});

it('leaves a stranger’s property alone, whatever it is called', async () => {
  portal = await startPortal();
  const theirs = { groupName: 'contactinformation', type: 'string', fieldType: 'text' } as const;
  const { schema } = portal.sandbox.portal;
  schema.create('contacts', { ...theirs, name: 'assay_of_gold', label: 'Assay of gold' });
  await portal.open().unprovision({ ...sampleRequest, lists: [] }, signal);
  expect(portal.schema()).toContain('property assay_of_gold');
});
