import { expect, it } from 'vitest';
import type { Given } from './connector.contract.ts';
import { sampleFields, sampleRequest } from './provision-samples.ts';

const signal = new AbortController().signal;

export function lawsOfProvisioning(given: Given): void {
  it('the first time creates, the second changes nothing', async () => {
    const connector = given().open();
    const first = await connector.provision(sampleRequest, signal);
    expect(new Set(first.steps.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
    expect(first.lists).toMatchObject([{ key: 'best', status: 'active' }]);
    const after = given().schema();
    const request = { ...sampleRequest, knownLists: first.lists };
    const second = await given().open().provision(request, signal);
    expect(new Set(second.steps.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
    expect(second.lists).toEqual(first.lists);
    expect(given().schema()).toEqual(after);
  });

  it('taking away leaves the CRM as it was', async () => {
    const before = given().schema();
    const connector = given().open();
    const { lists } = await connector.provision(sampleRequest, signal);
    expect(given().schema()).not.toEqual(before);
    const report = await connector.unprovision({ ...sampleRequest, knownLists: lists }, signal);
    expect(report.lists).toEqual([]);
    expect(new Set(report.steps.map(({ outcome }) => outcome))).toEqual(new Set(['removed']));
    expect(given().schema()).toEqual(before);
  });

  it('a new option is added, none is taken away', async () => {
    const connector = given().open();
    const { lists } = await connector.provision(sampleRequest, signal);
    const fields = sampleFields.map((field) => {
      if (field.kind !== 'choice') return field;
      return { ...field, options: [{ value: 'platinum', label: 'Platinum' }] };
    });
    const request = { ...sampleRequest, fields, knownLists: lists };
    const report = await connector.provision(request, signal);
    const outcomes = report.steps.filter(({ outcome }) => outcome !== 'unchanged');
    expect(outcomes).toMatchObject([{ subject: 'field', outcome: 'extended' }]);
    const again = await connector.provision({ ...sampleRequest, knownLists: lists }, signal);
    expect(new Set(again.steps.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
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
