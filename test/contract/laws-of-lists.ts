import { expect, it } from 'vitest';
import type { Given } from './connector.contract.ts';
import { sampleRequest } from './provision-samples.ts';

const signal = new AbortController().signal;

/** Of a CRM with lists whose members we keep. */
export function lawsOfLists(given: Given): void {
  const opened = async (customers: number) => {
    const connector = given().open();
    const { lists } = await connector.provision(sampleRequest, signal);
    const ids = given().liveIds('customers').slice(0, customers);
    return { connector, ids, lists };
  };

  it('each list that the policy asks for is made and remembered', async () => {
    const { lists } = await opened(0);
    expect(lists).toMatchObject([{ key: 'best', status: 'active' }]);
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

  it('a list that a person renamed stays ours', async () => {
    const connector = given().open();
    const { lists } = await connector.provision(sampleRequest, signal);
    await given().renameList(lists[0]?.crmId ?? '', 'Our darlings');
    const report = await connector.provision({ ...sampleRequest, knownLists: lists }, signal);
    expect(report.lists).toMatchObject([
      { key: 'best', crmId: lists[0]?.crmId, name: 'Our darlings' },
    ]);
    expect(report.steps.map(({ outcome }) => outcome)).not.toContain('created');
  });

  it('a list that a person deleted is reported, and rebuilt only when asked', async () => {
    const connector = given().open();
    const { lists } = await connector.provision(sampleRequest, signal);
    await given().deleteList(lists[0]?.crmId ?? '');
    const request = { ...sampleRequest, knownLists: lists };
    const reported = await connector.provision(request, signal);
    expect(reported.lists).toMatchObject([{ key: 'best', status: 'deleted' }]);
    expect(reported.steps).toContainEqual(expect.objectContaining({ outcome: 'problem' }));
    const rebuilt = await connector.provision(
      { ...request, knownLists: reported.lists, rebuildDeletedLists: true },
      signal,
    );
    expect(rebuilt.lists).toMatchObject([{ key: 'best', status: 'active' }]);
  });

  it('a stranger’s list of the same name is left alone and reported', async () => {
    await given().createList('Best customers');
    const before = given().schema();
    const report = await given()
      .open()
      .provision({ ...sampleRequest, fields: [] }, signal);
    expect(report.lists).toEqual([]);
    const list = report.steps.find(({ subject }) => subject === 'list');
    expect(list).toMatchObject({ outcome: 'problem', todo: expect.any(String) });
    const lists = (names: readonly string[]) => names.filter((name) => name.startsWith('list'));
    expect(lists(given().schema())).toEqual(lists(before));
  });
}

/** Of a CRM whose lists only people can make. */
export function lawsWithoutLists(given: Given): void {
  it('each list that the policy asks for comes with what a person has to do', async () => {
    const report = await given().open().provision(sampleRequest, signal);
    expect(report.lists).toEqual([]);
    expect(report.steps.filter(({ subject }) => subject === 'list')).toMatchObject([
      { name: 'Best customers', outcome: 'manual', todo: expect.any(String) },
    ]);
  });
}
