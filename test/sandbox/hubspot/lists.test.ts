import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newContact, startCaller } from './caller.ts';

const { sandbox, call } = await startCaller({ maxMembershipIds: 5 });
const lists = '/crm/lists/2026-03';
const listed = z.object({ list: z.object({ listId: z.string() }) });
const page = z.object({
  results: z.array(z.object({ recordId: z.string() })),
  paging: z.object({
    next: z.object({ after: z.string() }).optional(),
    prev: z.object({ before: z.string() }).optional(),
  }),
});

async function newList(name: string, more: object = {}): Promise<string> {
  const body = { name, objectTypeId: '0-1', processingType: 'MANUAL', ...more };
  const answer = await call('POST', lists, body);
  expect(answer.status).toBe(200);
  return listed.parse(answer.body).list.listId;
}

async function membersOf(listId: string, query = ''): Promise<readonly string[]> {
  const answer = await call('GET', `${lists}/${listId}/memberships${query}`);
  return page.parse(answer.body).results.map(({ recordId }) => recordId);
}

const where = (property: string, operation: object) => ({
  filterBranchType: 'OR',
  filters: [],
  filterBranches: [
    {
      filterBranchType: 'AND',
      filterBranches: [],
      filters: [{ filterType: 'PROPERTY', property, operation }],
    },
  ],
});
const inCity = (...values: readonly string[]) =>
  where('city', { operationType: 'MULTISTRING', operator: 'IS_EQUAL_TO', values });

describe('members of a static list', () => {
  it('are told apart: added, there already, unknown', async () => {
    const [one, two] = [await newContact(call), await newContact(call)];
    const list = await newList('Three kinds');
    await call('PUT', `${lists}/${list}/memberships/add`, [one]);
    const answer = await call('PUT', `${lists}/${list}/memberships/add`, [one, two, '987654321']);
    expect(answer.body).toEqual({
      recordsIdsAdded: [two],
      recordIdsRemoved: [],
      recordIdsMissing: ['987654321'],
    });
  });

  it('are exchanged in one call', async () => {
    const [one, two] = [await newContact(call), await newContact(call)];
    const list = await newList('Exchange');
    await call('PUT', `${lists}/${list}/memberships/add`, [one]);
    const body = { recordIdsToAdd: [two], recordIdsToRemove: [one] };
    const answer = await call('PUT', `${lists}/${list}/memberships/add-and-remove`, body);
    expect(answer.body).toMatchObject({ recordsIdsAdded: [two], recordIdsRemoved: [one] });
    expect(await membersOf(list)).toEqual([two]);
  });

  it('are no more in one call than allowed', async () => {
    const list = await newList('Too many');
    const ids = ['1', '2', '3', '4', '5', '6'];
    expect((await call('PUT', `${lists}/${list}/memberships/add`, ids)).status).toBe(400);
  });

  it('come by record id, or by when they joined, and can be paged both ways', async () => {
    const list = await newList('Paged');
    const ids = [await newContact(call), await newContact(call), await newContact(call)];
    for (const id of ids.toReversed()) await call('PUT', `${lists}/${list}/memberships/add`, [id]);
    expect(await membersOf(list)).toEqual(ids);
    expect(await membersOf(list, '/join-order')).toEqual(ids.toReversed());
    const first = page.parse((await call('GET', `${lists}/${list}/memberships?limit=2`)).body);
    const after = first.paging.next?.after;
    const second = await call('GET', `${lists}/${list}/memberships?limit=2&after=${after}`);
    const { results, paging } = page.parse(second.body);
    expect(results.map(({ recordId }) => recordId)).toEqual(ids.slice(2));
    expect(paging.next).toBeUndefined();
    expect(await membersOf(list, `?limit=2&before=${paging.prev?.before}`)).toEqual(
      ids.slice(0, 2),
    );
  });

  it('survive in a scan by record id when someone leaves between two pages', async () => {
    const list = await newList('Moving');
    const ids = [await newContact(call), await newContact(call), await newContact(call)];
    await call('PUT', `${lists}/${list}/memberships/add`, ids);
    const first = page.parse((await call('GET', `${lists}/${list}/memberships?limit=1`)).body);
    await call('PUT', `${lists}/${list}/memberships/remove`, ids.slice(0, 1));
    expect(await membersOf(list, `?after=${first.paging.next?.after}`)).toEqual(ids.slice(1));
  });

  it('leave when they are archived, and pass their place on when they are merged', async () => {
    const ids = [await newContact(call), await newContact(call), await newContact(call)];
    const [archived, primary, merged] = ids;
    const list = await newList('Fates');
    await call('PUT', `${lists}/${list}/memberships/add`, [archived, merged]);
    await call('DELETE', `/crm/objects/2026-03/contacts/${archived}`);
    const merge = { primaryObjectId: primary, objectIdToMerge: merged };
    const answer = await call('POST', '/crm/objects/2026-03/contacts/merge', merge);
    const { id } = z.object({ id: z.string() }).parse(answer.body);
    expect(await membersOf(list)).toEqual([id]);
  });
});

describe('a dynamic list', () => {
  it('follows its filter through every change of a record', async () => {
    const id = await newContact(call, { city: 'Oslo' });
    const list = await newList('In Oslo', {
      processingType: 'DYNAMIC',
      filterBranch: inCity('oslo'),
    });
    expect(await membersOf(list)).toEqual([id]);
    const contact = `/crm/objects/2026-03/contacts/${id}`;
    await call('PATCH', contact, { properties: { city: 'Bergen' } });
    expect(await membersOf(list)).toEqual([]);
    await call('PATCH', contact, { properties: { city: 'Oslo' } });
    await call('DELETE', contact);
    expect(await membersOf(list)).toEqual([]);
  });

  it('refuses members, and a filter on a property that does not exist', async () => {
    const filterBranch = inCity('Turku');
    const list = await newList('In Turku', { processingType: 'DYNAMIC', filterBranch });
    expect((await call('PUT', `${lists}/${list}/memberships/add`, ['1001'])).status).toBe(400);
    expect((await call('DELETE', `${lists}/${list}/memberships`)).status).toBe(400);
    const unknown = where('no_such', { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' });
    const update = { filterBranch: unknown };
    expect((await call('PUT', `${lists}/${list}/update-list-filters`, update)).status).toBe(400);
  });

  it('becomes static on the day it was told to, with the members of that day', async () => {
    const id = await newContact(call, { city: 'Vaasa' });
    const list = await newList('In Vaasa', {
      processingType: 'DYNAMIC',
      filterBranch: inCity('Vaasa'),
    });
    expect(await membersOf(list)).toEqual([id]);
    const later = { conversionType: 'INACTIVITY', timeUnit: 'DAY', offset: 1 };
    await call('PUT', `${lists}/${list}/schedule-conversion`, later);
    sandbox.clock.advance(86_400_000);
    expect((await call('PUT', `${lists}/${list}/memberships/add`, [id])).status).toBe(200);
    await newContact(call, { city: 'Vaasa' });
    expect(await membersOf(list)).toEqual([id]);
  });
});

describe('a snapshot', () => {
  it('runs its filter once, and then belongs to whoever writes it', async () => {
    const early = await newContact(call, { city: 'Tampere' });
    const filterBranch = inCity('Tampere');
    const list = await newList('Tampere then', { processingType: 'SNAPSHOT', filterBranch });
    const late = await newContact(call, { city: 'Tampere' });
    expect(await membersOf(list)).toEqual([early]);
    await call('PUT', `${lists}/${list}/memberships/add`, [late]);
    expect(await membersOf(list)).toEqual([early, late]);
  });
});

describe('lists', () => {
  it('have unique names until they are deleted, and are not restored onto a taken one', async () => {
    const first = await newList('Best');
    const again = { name: 'Best', objectTypeId: '0-1', processingType: 'MANUAL' };
    expect((await call('POST', lists, again)).status).toBe(400);
    expect((await call('DELETE', `${lists}/${first}`)).status).toBe(204);
    expect((await call('GET', `${lists}/${first}`)).status).toBe(404);
    await newList('Best');
    expect((await call('PUT', `${lists}/${first}/restore`)).status).toBe(400);
  });

  it('cannot be restored after ninety days', async () => {
    const list = await newList('Forgotten');
    await call('DELETE', `${lists}/${list}`);
    sandbox.clock.advance(91 * 86_400_000);
    expect((await call('PUT', `${lists}/${list}/restore`)).status).toBe(400);
  });

  it('are all told by cursor in 2026-09, and not before', async () => {
    await newList('One of all');
    expect((await call('POST', '/crm/lists/2026-03/all', {})).status).toBe(404);
    const { status, body } = await call('POST', '/crm/lists/2026-09/all', { limit: 1 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ results: [{ listId: '1' }], paging: { next: { after: '1' } } });
  });
});
