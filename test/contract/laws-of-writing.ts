import { expect, it } from 'vitest';
import type { Given } from './connector.contract.ts';
import { sampleChanges, sampleHeld, sampleRequest } from './provision-samples.ts';
import { fullPull, pullAll } from './pull-all.ts';

const signal = new AbortController().signal;

export function lawsOfWriting(given: Given): void {
  const opened = async (customers: number) => {
    const connector = given().open();
    const { lists } = await connector.provision(sampleRequest, signal);
    const ids = given().liveIds('customers').slice(0, customers);
    return { connector, ids, lists };
  };

  it('what was applied is held', async () => {
    const { connector, ids } = await opened(100);
    const receipts = await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(ids.map(() => 'applied'));
    const held = await connector.readHeld(ids, signal);
    expect([...held.keys()].toSorted()).toEqual(ids.toSorted());
    for (const values of held.values()) expect(values).toEqual(sampleHeld);
  });

  it('what was applied is what the next pull finds held', async () => {
    const { connector, ids } = await opened(3);
    await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    const { customers } = await pullAll(() => connector, fullPull);
    const written = customers.filter(({ id }) => ids.includes(id));
    expect(written.map(({ held }) => held)).toEqual(ids.map(() => sampleHeld));
  });

  it('clearing a field leaves it empty', async () => {
    const { connector, ids } = await opened(1);
    const [change] = sampleChanges(ids);
    await connector.applyBatch(sampleChanges(ids), 'run1', signal);
    const cleared = {
      seq: 0,
      customerId: ids[0] ?? '',
      priority: 'tier' as const,
      fields: (change?.fields ?? []).map(({ key, to }) => ({ key, from: to, to: null })),
    };
    const receipts = await connector.applyBatch([cleared], 'run2', signal);
    expect(receipts).toMatchObject([{ seq: 0, outcome: 'applied' }]);
    expect((await connector.readHeld(ids, signal)).get(ids[0] ?? '')).toEqual({});
  });

  it('there is one receipt for each change, in their order, whatever became of it', async () => {
    const { connector, ids } = await opened(8);
    await given().archive('customers', ids[2] ?? '');
    await given().merge(ids[4] ?? '', ids[5] ?? '');
    const changes = sampleChanges(ids).map((change) => ({ ...change, seq: change.seq + 500 }));
    const receipts = await connector.applyBatch(changes, 'run1', signal);
    expect(receipts.map(({ seq }) => seq)).toEqual(changes.map(({ seq }) => seq));
    const codes = receipts.map((receipt) => ('code' in receipt ? receipt.code : receipt.outcome));
    expect(codes).toEqual([
      ...['applied', 'applied', 'RECORD_GONE', 'applied'],
      ...['RECORD_MERGED', 'RECORD_MERGED', 'applied', 'applied'],
    ]);
  });

  it('records that are gone are missing from what is held', async () => {
    const { connector, ids } = await opened(3);
    await given().archive('customers', ids[1] ?? '');
    const held = await connector.readHeld(ids, signal);
    expect([...held.keys()]).toEqual([ids[0], ids[2]]);
  });

  it('memberships become what was asked, and say what was so already', async () => {
    const { connector, ids, lists } = await opened(6);
    const [list] = lists;
    if (list === undefined) throw new Error('The list was not made');
    await connector.applyMemberships(list, ids.slice(0, 4), [], signal);
    const [add, remove] = [ids.slice(3, 6), ids.slice(0, 2)];
    const receipts = await connector.applyMemberships(list, add, remove, signal);
    expect(receipts.map(({ customerId }) => customerId)).toEqual([...add, ...remove]);
    expect(receipts.map(({ outcome }) => outcome)).toEqual([
      ...['unchanged', 'applied', 'applied'],
      ...['applied', 'applied'],
    ]);
    const members: string[] = [];
    for await (const page of connector.readMembers(list, signal)) members.push(...page);
    expect(members.toSorted()).toEqual(ids.slice(2, 6).toSorted());
    expect(await connector.readLists(lists, signal)).toEqual([{ key: 'best', size: 4 }]);
  });

  it('a list that a person deleted has no size and takes no members', async () => {
    const { connector, ids, lists } = await opened(2);
    const [list] = lists;
    if (list === undefined) throw new Error('The list was not made');
    await given().deleteList(list.crmId);
    expect(await connector.readLists(lists, signal)).toEqual([{ key: 'best', size: null }]);
    const receipts = await connector.applyMemberships(list, ids, [], signal);
    expect(receipts.map(({ code }) => code)).toEqual(['LIST_DELETED', 'LIST_DELETED']);
  });
}
