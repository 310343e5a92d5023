import { describe, expect, it } from 'vitest';
import { provesItsClaims, refusal, startConformance } from './conformance.ts';

const { client, portal, called } = await startConformance();
const { listsApi, membershipsApi } = client.crm.lists;

const CONTACTS = portal.objects.contacts
  .insertMany(Array.from({ length: 300 }, () => ({ createdAt: 0, updatedAt: 0, properties: {} })))
  .map(String);
let lists = 0;

async function newList(...members: readonly string[]): Promise<string> {
  lists += 1;
  const input = { name: `List ${lists}`, objectTypeId: '0-1', processingType: 'MANUAL' };
  const { listId } = (await listsApi.create(input)).list;
  if (members.length > 0) await membershipsApi.add(listId, [...members]);
  return listId;
}

const membersOf = async (listId: string) =>
  (await membershipsApi.getPage(listId, undefined, undefined, 250)).results.map(
    ({ recordId }) => recordId,
  );
const [a = '', b = '', c = ''] = CONTACTS;

describe('the members of a list', () => {
  it('are added, with a word on who was added, was there, or does not exist', async () => {
    const list = await newList(a);
    const answer = await membershipsApi.add(list, [a, b, '999999999']);
    // "recordsIdsAdded" is HubSpot's own spelling (README 19).
    expect(answer.recordsIdsAdded).toEqual([b]);
    expect(answer.recordIdsMissing).toEqual(['999999999']);
    expect((await membersOf(list)).toSorted()).toEqual([a, b].toSorted());
  });

  it('are removed, and exchanged', async () => {
    const list = await newList(a, b);
    expect((await membershipsApi.remove(list, [a])).recordIdsRemoved).toEqual([a]);
    const change = { recordIdsToAdd: [c], recordIdsToRemove: [b] };
    const answer = await membershipsApi.addAndRemove(list, change);
    expect(answer).toMatchObject({ recordsIdsAdded: [c], recordIdsRemoved: [b] });
    expect(await membersOf(list)).toEqual([c]);
  });

  it('come from another list, and go all at once', async () => {
    const [source, target] = [await newList(a, b), await newList(c)];
    await membershipsApi.addAllFromList(target, source);
    expect((await membersOf(target)).toSorted()).toEqual([a, b, c].toSorted());
    await membershipsApi.removeAll(target);
    expect(await membersOf(target)).toEqual([]);
    expect(await membersOf(source)).toHaveLength(2);
  });

  it('come a hundred a page, at most two hundred and fifty, with cursors both ways', async () => {
    const list = await newList(...CONTACTS);
    const first = await membershipsApi.getPage(list);
    expect(first.results).toHaveLength(100);
    const second = await membershipsApi.getPage(list, first.paging?.next?.after, undefined, 250);
    expect(second.results).toHaveLength(200);
    expect(second.paging?.next).toBeUndefined();
    const both = [...first.results, ...second.results].map(({ recordId }) => recordId);
    expect(new Set(both)).toEqual(new Set(CONTACTS));
    const back = await membershipsApi.getPage(list, undefined, second.paging?.prev?.before, 100);
    expect(back.results).toEqual(first.results);
    const tooMany = membershipsApi.getPage(list, undefined, undefined, 251);
    expect((await refusal(tooMany)).code).toBe(400);
  });

  it('come in the order in which they joined, when asked', async () => {
    const list = await newList();
    for (const member of [c, a, b]) await membershipsApi.add(list, [member]);
    const page = await membershipsApi.getPageOrderedByAddedToListDate(list);
    const order = page.results.map(({ recordId }) => recordId);
    expect([order, order.toReversed()]).toContainEqual([c, a, b]);
    expect(page.results[0]?.membershipTimestamp).toBeInstanceOf(Date);
  });

  it('know their lists', async () => {
    const member = CONTACTS.at(-1) ?? '';
    const list = await newList(member);
    const { results } = await membershipsApi.getLists('0-1', member);
    expect(results.map(({ listId }) => listId)).toContain(list);
  });
});

provesItsClaims('list-memberships', called);
