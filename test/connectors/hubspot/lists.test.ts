import { afterEach, expect, it } from 'vitest';
import { sampleChanges, sampleRequest } from '../../contract/provision-samples.ts';
import { type PortalUnderTest, startPortal } from './portal-under-test.ts';

const signal = new AbortController().signal;
let portal: PortalUnderTest;
afterEach(async () => await portal.close());

it('a dynamic list follows our property by itself', async () => {
  portal = await startPortal({ settings: { lists: 'dynamic' } });
  const connector = portal.open();
  const { lists } = await connector.provision(sampleRequest, signal);
  expect(lists).toMatchObject([{ key: 'best', kind: 'dynamic', status: 'active' }]);
  const ids = portal.liveIds('customers').slice(0, 7);
  await connector.applyBatch(sampleChanges(ids), 'run1', signal);
  expect(await connector.readLists(lists, signal)).toEqual([{ key: 'best', size: 7 }]);
  await connector.unprovision({ ...sampleRequest, knownLists: lists }, signal);
  expect(portal.schema().filter((name) => name.startsWith('list'))).toEqual([]);
});

it('a dynamic list can go by a number or a text, not by a day', async () => {
  portal = await startPortal({ settings: { lists: 'dynamic' } });
  const connector = portal.open();
  const lists = [
    { key: 'scored', name: 'Scored so', field: 'value_score', values: ['1', '87'] },
    { key: 'said', name: 'Said so', field: 'reason', values: ['spend 35, loyalty 30'] },
    { key: 'day', name: 'That day', field: 'last_order_on', values: ['2026-11-01'] },
  ] as const;
  const made = await connector.provision({ ...sampleRequest, lists }, signal);
  const days = made.steps.find(({ name }) => name === 'That day');
  expect(days).toMatchObject({ outcome: 'problem', todo: expect.stringContaining('static') });
  const ids = portal.liveIds('customers').slice(0, 3);
  await connector.applyBatch(sampleChanges(ids), 'run1', signal);
  expect(await connector.readLists(made.lists, signal)).toEqual([
    { key: 'scored', size: 3 },
    { key: 'said', size: 3 },
  ]);
});

it('more ids than a call takes are halved until they pass', async () => {
  portal = await startPortal({ contacts: 1_500, sandbox: { maxMembershipIds: 600 } });
  const connector = portal.open();
  const { lists } = await connector.provision(sampleRequest, signal);
  const [list] = lists;
  if (list === undefined) throw new Error('The list was not made');
  const ids = portal.liveIds('customers');
  const receipts = await connector.applyMemberships(list, ids, [], signal);
  expect(receipts.map(({ customerId }) => customerId)).toEqual(ids);
  expect(new Set(receipts.map(({ outcome }) => outcome))).toEqual(new Set(['applied']));
  const sizes: number[] = [];
  for await (const page of connector.readMembers(list, signal)) sizes.push(page.length);
  expect(sizes).toEqual([250, 250, 250, 250, 250, 250]);
});

it('someone who is gone is refused, someone who is off the list already is not', async () => {
  portal = await startPortal();
  const connector = portal.open();
  const { lists } = await connector.provision(sampleRequest, signal);
  const [list] = lists;
  if (list === undefined) throw new Error('The list was not made');
  const [gone = '', there = ''] = portal.liveIds('customers');
  await portal.archive('customers', gone);
  expect(await connector.applyMemberships(list, [gone], [there], signal)).toEqual([
    { listKey: 'best', customerId: gone, action: 'add', outcome: 'rejected', code: 'RECORD_GONE' },
    { listKey: 'best', customerId: there, action: 'remove', outcome: 'unchanged' },
  ]);
});

it.each(['omit', 'echo'] as const)(
  'a call that answers that all is well and changes no member is seen through (%s)',
  async (mode) => {
    portal = await startPortal();
    const connector = portal.open();
    const { lists } = await connector.provision(sampleRequest, signal);
    const [list] = lists;
    if (list === undefined) throw new Error('The list was not made');
    const [stays = '', comes = '', leaves = ''] = portal.liveIds('customers');
    await connector.applyMemberships(list, [stays, leaves], [], signal);
    const path = 'memberships/add-and-remove$';
    const effect = { kind: 'silent', mode, count: 1 } as const;
    const lie = (times: number) =>
      portal.sandbox.faults.add([{ match: { path }, probability: 1, times, effect }]);
    const outcomes = async () => {
      const receipts = await connector.applyMemberships(list, [stays, comes], [leaves], signal);
      return receipts.map(({ outcome, code }) => code ?? outcome);
    };
    lie(2);
    const lost = 'WRITE_NOT_CONFIRMED';
    expect(await outcomes()).toEqual(['unchanged', lost, lost]);
    lie(1);
    expect(await outcomes()).toEqual(['unchanged', 'applied', 'applied']);
  },
);

it('reading a list that a person deleted names it', async () => {
  portal = await startPortal();
  const connector = portal.open();
  const { lists } = await connector.provision(sampleRequest, signal);
  const [list] = lists;
  if (list === undefined) throw new Error('The list was not made');
  await portal.deleteList(list.crmId);
  const read = async () => {
    for await (const page of connector.readMembers(list, signal)) expect(page).toEqual([]);
  };
  await expect(read()).rejects.toMatchObject({ code: 'LIST_DELETED', disposition: 'reject' });
});

it('provisioning makes nothing when the portal has no room for all of it', async () => {
  portal = await startPortal();
  const { schema } = portal.sandbox.portal;
  const custom = { groupName: 'contactinformation', type: 'string', fieldType: 'text' } as const;
  for (let number = 0; schema.custom('contacts').length < 996; number += 1)
    schema.create('contacts', { ...custom, name: `theirs_${number}`, label: String(number) });
  const { steps } = await portal.open().provision({ ...sampleRequest, lists: [] }, signal);
  const fields = steps.filter(({ subject }) => subject === 'field');
  expect(fields.map(({ outcome }) => outcome)).toEqual(fields.map(() => 'problem'));
  expect(fields[0]?.message).toContain('room for 4');
  expect(portal.schema()).not.toContain('property assay_value_tier');
});
