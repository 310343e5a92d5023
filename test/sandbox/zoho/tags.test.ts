import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startCaller } from './caller.ts';
import { addRecord } from './stored.ts';

const names = z.object({ tags: z.array(z.object({ name: z.string(), id: z.string() })) });

async function startOrg(options: Parameters<typeof startCaller>[0] = {}) {
  const { sandbox, call } = await startCaller(options);
  const { org } = sandbox;
  const tagsOf = (id: string) =>
    org.records.Contacts.get(id)?.tags.map((tag) => org.tags.byId(tag)?.name);
  const act = (what: string, ids: readonly string[], ...tags: readonly string[]) =>
    call('POST', `/crm/v8/Contacts/actions/${what}`, {
      ...{ ids, tags: tags.map((name) => ({ name })), over_write: false },
    });
  return { sandbox, call, org, tagsOf, act };
}

describe('tagging', () => {
  it('adds to what the record has, whatever the letters’ case, and takes away only what is named', async () => {
    const { org, act, tagsOf } = await startOrg();
    const { id } = addRecord(org, 'Contacts', { Last_Name: 'One' });
    await act('add_tags', [id], 'VIP', 'Own');
    await act('add_tags', [id], 'vip', 'Champion');
    expect(tagsOf(id)).toEqual(['VIP', 'Own', 'Champion']);
    await act('remove_tags', [id], 'VIP', 'never seen');
    expect(tagsOf(id)).toEqual(['Own', 'Champion']);
    expect(org.tags.all('Contacts')).toHaveLength(3);
  });

  it('wipes people’s own tags when told to overwrite, and the log tells', async () => {
    const { org, call, tagsOf, act } = await startOrg();
    const { id } = addRecord(org, 'Contacts', { Last_Name: 'One' });
    await act('add_tags', [id], 'Own');
    const body = { ids: [id], tags: [{ name: 'Champion' }], over_write: true };
    await call('POST', '/crm/v8/Contacts/actions/add_tags', body);
    expect(tagsOf(id)).toEqual(['Champion']);
    expect(org.writes.all().map(({ overWrite }) => overWrite)).toEqual([false, true]);
  });

  it('drops what is over the cap of a record under a success', async () => {
    const { org, act, tagsOf } = await startOrg({ orgOptions: { edition: 'standard' } });
    const full = addRecord(org, 'Contacts', { Last_Name: 'Full' }).id;
    const free = addRecord(org, 'Contacts', { Last_Name: 'Free' }).id;
    await act('add_tags', [full], 'a', 'b', 'c', 'd');
    const { status, body } = await act('add_tags', [full, free], 'e', 'f');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ success_count: '2', locked_count: 0 },
      data: [
        { code: 'SUCCESS', details: { id: full, not_added_tags: [{ name: 'f' }] } },
        { code: 'SUCCESS', details: { id: free } },
      ],
    });
    expect(tagsOf(full)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(tagsOf(free)).toEqual(['e', 'f']);
  });

  it('refuses a whole call that would make more tags than the module may have', async () => {
    const { org, act, tagsOf } = await startOrg({ orgOptions: { edition: 'standard' } });
    const { id } = addRecord(org, 'Contacts', { Last_Name: 'One' });
    for (let index = 0; index < 19; index += 1) org.tags.create('Contacts', `Tag ${index}`);
    const answer = await act('add_tags', [id], 'New', 'Newer');
    expect(answer).toMatchObject({ status: 400, body: { code: 'LICENSE_LIMIT_EXCEEDED' } });
    expect(org.tags.all('Contacts')).toHaveLength(19);
    expect(tagsOf(id)).toEqual([]);
    expect((await act('add_tags', [id], 'New')).status).toBe(200);
  });

  it('answers record by record: locked and unknown ones fail alone', async () => {
    const { org, act, call } = await startOrg();
    const good = addRecord(org, 'Contacts', { Last_Name: 'Good' }).id;
    const locked = addRecord(org, 'Contacts', { Last_Name: 'Shut' }, { state: 'locked' }).id;
    const { status, body } = await act('add_tags', [good, locked, '5725767000009999999'], 'VIP');
    expect(status).toBe(207);
    expect(body).toMatchObject({
      ...{ success_count: '1', locked_count: 1 },
      data: [{ code: 'SUCCESS' }, { code: 'RECORD_LOCKED' }, { code: 'INVALID_DATA' }],
    });
    const path = `/crm/v8/Contacts/${locked}/actions/add_tags`;
    const alone = await call('POST', path, { tags: [{ name: 'VIP' }] });
    expect(alone).toMatchObject({ status: 400, body: { code: 'RECORD_LOCKED' } });
  });

  it('takes 500 records at once and no more', async () => {
    const { act } = await startOrg();
    const ids = Array.from({ length: 501 }, (_, index) => String(index));
    const answer = await act('add_tags', ids, 'VIP');
    expect(answer).toMatchObject({ status: 400, body: { code: 'LIMIT_EXCEEDED' } });
  });

  it('leaves the modified time alone, unless the org is told that it does not', async () => {
    for (const tagsMoveModifiedTime of [false, true]) {
      const { sandbox, org, act } = await startOrg({ orgOptions: { tagsMoveModifiedTime } });
      const record = addRecord(org, 'Contacts', { Last_Name: 'One' });
      const before = record.modifiedAt;
      sandbox.clock.advance(60_000);
      await act('add_tags', [record.id], 'VIP');
      expect(record.modifiedAt > before).toBe(tagsMoveModifiedTime);
    }
  });
});

describe('the tags of a module', () => {
  it('are renamed for everybody, and deleted from every record', async () => {
    const { org, call, act, tagsOf } = await startOrg();
    const { id } = addRecord(org, 'Contacts', { Last_Name: 'One' });
    await act('add_tags', [id], 'VIP', 'Own');
    const listed = await call('GET', '/crm/v8/settings/tags?module=Contacts');
    expect(listed.body).toMatchObject({ info: { count: 2, allowed_count: 100 } });
    const [vip] = names.parse(listed.body).tags;
    const path = `/crm/v8/settings/tags/${vip?.id}?module=Contacts`;
    await call('PUT', path, { tags: [{ name: 'Champion' }] });
    expect(tagsOf(id)).toEqual(['Champion', 'Own']);
    await call('DELETE', path);
    expect(tagsOf(id)).toEqual(['Own']);
    expect((await call('DELETE', path)).status).toBe(400);
  });

  it('are not those of another module', async () => {
    const { org, act, call } = await startOrg();
    const { id } = addRecord(org, 'Contacts', { Last_Name: 'One' });
    await act('add_tags', [id], 'VIP');
    const deals = await call('GET', '/crm/v8/settings/tags?module=Deals');
    expect(deals.body).toMatchObject({ tags: [] });
    const [tag] = org.tags.all('Contacts');
    const count = `/crm/v8/settings/tags/${tag?.id}/actions/records_count?module=Deals`;
    expect((await call('GET', count)).status).toBe(400);
  });
});
