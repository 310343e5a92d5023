import { afterEach, describe, expect, it } from 'vitest';
import type { KnownList } from '../../../src/domain/list.ts';
import { sampleRequest } from '../../contract/provision-samples.ts';
import { type OrgSetup, type OrgUnderTest, startOrg } from './org-under-test.ts';
import { noiseOf } from './writes-seen.ts';

const signal = new AbortController().signal;
const request = { ...sampleRequest, fields: [] };

let org: OrgUnderTest;
afterEach(async () => await org.close());

async function start(setup: OrgSetup = {}) {
  org = await startOrg({ deals: 10, ...setup });
  return org.open();
}

const withTags = { settings: { lists: 'tags' } } as const;
const withCampaigns = { settings: { lists: 'campaigns' } } as const;
const ids = () => org.liveIds('customers');
const tags = () => org.sandbox.org.tags;
const record = (id: string | undefined) => org.sandbox.org.records.Contacts.get(id ?? '');

function first(lists: readonly KnownList[]): KnownList {
  const [list] = lists;
  if (list === undefined) throw new Error('The list was not made');
  return list;
}

describe('lists as fields', () => {
  it('are a step for a person, said to the letter, with the values as people see them', async () => {
    const connector = await start();
    const { steps, lists } = await connector.provision(sampleRequest, signal);
    expect(lists).toEqual([]);
    expect(steps.at(-1)).toEqual({
      subject: 'list',
      name: 'Best customers',
      outcome: 'manual',
      message: 'Zoho lets nobody but a person make a custom view',
      todo: 'In Zoho: Contacts, the views’ menu, New Custom View; name “Best customers”; criterion: Assay Value Tier is “GOLD”; share it with all users, save.',
    });
    expect(org.sandbox.org.records.Campaigns.size + tags().all('Contacts').length).toBe(0);
  });
});

describe('lists kept under another setting', () => {
  it.each(['tags', 'campaigns'])(
    'as %s are pointed out, and taken away when asked',
    async (kind) => {
      await start();
      const before = org.schema();
      const earlier = org.opened({ settings: { lists: kind } });
      const { lists } = await earlier.provision(request, signal);
      const known = { ...request, lists: [], knownLists: lists };
      const { steps } = await org.open().provision(known, signal);
      expect(steps.at(-1)).toMatchObject({ name: 'Best customers', outcome: 'manual' });
      await org.open().unprovision(known, signal);
      expect(org.schema()).toEqual(before);
    },
  );
});

describe('lists as tags', () => {
  it('are put on in calls of five hundred, and never over others’ tags', async () => {
    const connector = await start({ ...withTags, contacts: 620 });
    const list = first((await connector.provision(request, signal)).lists);
    const [known] = ids();
    await org.call('POST', '/Contacts/actions/add_tags', {
      ...{ tags: [{ name: 'VIP' }], ids: [known], over_write: false },
    });
    const { membershipsPerCall } = connector.capabilities;
    expect(membershipsPerCall).toBe(500);
    const before = connector.usage().spent;
    const receipts = await connector.applyMemberships(list, ids().slice(0, 500), [], signal);
    expect(new Set(receipts.map(({ outcome }) => outcome))).toEqual(new Set(['applied']));
    const { membershipCallSpends } = connector.capabilities;
    expect(connector.usage().spent - before).toBe(membershipCallSpends);
    const names = (record(known)?.tags ?? []).map((id) => tags().byId(id)?.name);
    expect(names).toEqual(['VIP', 'Best customers']);
    expect(noiseOf(org)).toEqual([]);
    expect(await connector.readLists([list], signal)).toEqual([{ key: 'best', size: 500 }]);
  });

  it('a tag that a full record drops without a word is a refusal', async () => {
    const connector = await start(withTags);
    const list = first((await connector.provision(request, signal)).lists);
    const [full = '', free = ''] = ids();
    const theirs = Array.from({ length: 10 }, (_, at) => ({ name: `theirs ${at}` }));
    await org.call('POST', '/Contacts/actions/add_tags', {
      ...{ tags: theirs, ids: [full], over_write: false },
    });
    expect(await connector.applyMemberships(list, [full, free], [], signal)).toEqual([
      { listKey: 'best', customerId: full, action: 'add', outcome: 'rejected', code: 'TAG_LIMIT' },
      { listKey: 'best', customerId: free, action: 'add', outcome: 'applied' },
    ]);
    expect(record(full)?.tags).toHaveLength(10);
  });

  it('who is gone, locked or off the list already is told apart', async () => {
    const connector = await start(withTags);
    const list = first((await connector.provision(request, signal)).lists);
    const [gone = '', locked = '', off = ''] = ids();
    await org.archive('customers', gone);
    const stored = record(locked);
    if (stored !== undefined) stored.state = 'locked';
    const receipts = await connector.applyMemberships(list, [gone, locked], [off, gone], signal);
    expect(receipts.map(({ outcome, code }) => code ?? outcome)).toEqual([
      ...['RECORD_GONE', 'RECORD_LOCKED', 'unchanged', 'unchanged'],
    ]);
  });

  it('a renamed tag stays ours and takes members under its new name', async () => {
    const connector = await start(withTags);
    const list = first((await connector.provision(request, signal)).lists);
    await org.renameList(list.crmId, 'Darlings');
    await connector.applyMemberships(list, ids().slice(0, 3), [], signal);
    expect(
      tags()
        .all('Contacts')
        .map(({ name }) => name),
    ).toEqual(['Darlings']);
    expect(await connector.readLists([list], signal)).toEqual([{ key: 'best', size: 3 }]);
  });

  it('that the edition has no room for are reported, the others made', async () => {
    const connector = await start({
      ...withTags,
      org: { edition: 'standard', customFieldLimit: 60 },
    });
    for (let number = 0; number < 19; number += 1) tags().create('Contacts', `theirs ${number}`);
    const lists = ['One', 'Two'].map((name) => {
      return { key: name.toLowerCase(), name, field: 'value_tier', values: ['gold'] } as const;
    });
    const report = await connector.provision({ ...request, lists }, signal);
    expect(report.lists.map(({ key }) => key)).toEqual(['one']);
    expect(report.steps.at(-1)).toMatchObject({
      ...{ name: 'Two', outcome: 'problem', message: expect.stringContaining('TAG_LIMIT') },
    });
    expect(report.steps.at(-1)?.message).toContain('20');
  });

  it('have names cut to twenty-five characters, and are found by them after a lost answer', async () => {
    const connector = await start(withTags);
    org.sandbox.faults.add([
      {
        match: { method: 'POST', path: 'settings/tags' },
        probability: 1,
        times: 1,
        effect: { kind: 'reset', when: 'after' },
      },
    ]);
    const name = 'Customers who are worth it all';
    const lists = [{ key: 'long', name, field: 'value_tier', values: ['gold'] }] as const;
    const report = await connector.provision({ ...request, lists }, signal);
    expect(report.lists).toMatchObject([{ key: 'long', name: 'Customers who are worth i' }]);
    expect(tags().all('Contacts')).toHaveLength(1);
    const again = await connector.provision(
      { ...request, lists, knownLists: report.lists },
      signal,
    );
    expect(again.steps.at(-1)).toMatchObject({ outcome: 'unchanged' });
  });
});

describe('a list that was made, with an answer that says nothing', () => {
  it.each([
    { setup: withTags, path: 'settings/tags$', of: 'tags' },
    { setup: withCampaigns, path: 'Campaigns$', of: 'data' },
  ])('is ours ($setup.settings.lists)', async ({ setup, path, of }) => {
    const connector = await start(setup);
    const body = { [of]: [{ code: '1,234.56', status: 'odd', details: {} }] };
    const effect = { kind: 'reply', status: 201, body, headers: {}, when: 'after' } as const;
    const match = { method: 'POST', path };
    org.sandbox.faults.add([{ match, probability: 1, times: 1, effect }]);
    const made = await connector.provision(request, signal);
    expect(made.steps.at(-1)).toMatchObject({ outcome: 'created' });
    const known = { ...request, knownLists: made.lists };
    expect((await connector.provision(known, signal)).steps.at(-1)).toMatchObject({
      outcome: 'unchanged',
    });
  });
});

describe('a refusal that says nothing of the list', () => {
  it.each([
    { setup: withTags, path: 'records_count$' },
    { setup: withCampaigns, path: 'Campaigns/[^/]+/Contacts$' },
  ])('does not make it a deleted one ($setup.settings.lists)', async ({ setup, path }) => {
    const connector = await start(setup);
    const { lists } = await connector.provision(request, signal);
    const effect = { kind: 'reply', status: 400, body: {}, headers: {}, when: 'before' } as const;
    org.sandbox.faults.add([{ match: { path }, probability: 1, times: 1, effect }]);
    const refused = { code: 'REQUEST_REFUSED', disposition: 'reject' };
    const look = async () => {
      await connector.readLists(lists, signal);
      for await (const page of connector.readMembers(first(lists), signal))
        expect(page).toEqual([]);
    };
    await expect(look()).rejects.toMatchObject(refused);
    await look();
  });
});

describe('lists as campaigns', () => {
  it('are filled in calls of a hundred, and read by their members', async () => {
    const connector = await start({ ...withCampaigns, contacts: 450 });
    const list = first((await connector.provision(request, signal)).lists);
    expect(connector.capabilities.membershipsPerCall).toBe(100);
    for (let from = 0; from < 450; from += 100)
      await connector.applyMemberships(list, ids().slice(from, from + 100), [], signal);
    const sizes: number[] = [];
    for await (const page of connector.readMembers(list, signal)) sizes.push(page.length);
    expect(sizes).toEqual([200, 200, 50]);
    expect(await connector.readLists([list], signal)).toEqual([{ key: 'best', size: 450 }]);
    expect(noiseOf(org)).toEqual([]);
  });

  it('leave others’ members alone, and say who was there already', async () => {
    const connector = await start(withCampaigns);
    const list = first((await connector.provision(request, signal)).lists);
    const [theirs = '', gone = '', fresh = ''] = ids();
    await org.call('PUT', `/Campaigns/${list.crmId}/Contacts`, { data: [{ id: theirs }] });
    await org.archive('customers', gone);
    const receipts = await connector.applyMemberships(list, [theirs, gone, fresh], [], signal);
    expect(receipts.map(({ outcome, code }) => code ?? outcome)).toEqual([
      ...['unchanged', 'RECORD_GONE', 'applied'],
    ]);
  });

  it('are made once, whatever becomes of the answer', async () => {
    const connector = await start(withCampaigns);
    org.sandbox.faults.add([
      {
        match: { method: 'POST', path: 'Campaigns' },
        probability: 1,
        times: 1,
        effect: { kind: 'reset', when: 'after' },
      },
    ]);
    const { lists, steps } = await connector.provision(request, signal);
    expect(steps.at(-1)).toMatchObject({ outcome: 'created' });
    expect(org.sandbox.org.records.Campaigns.byId().map(({ id }) => id)).toEqual([
      first(lists).crmId,
    ]);
  });

  it('cannot be of companies', async () => {
    const connector = await start({ ...withCampaigns, subject: 'company' });
    const { steps, lists } = await connector.provision(request, signal);
    expect([lists, steps.at(-1)]).toMatchObject([
      [],
      { outcome: 'problem', todo: expect.stringContaining('lists: tags') },
    ]);
  });

  it('reading one that a person deleted names it', async () => {
    const connector = await start(withCampaigns);
    const list = first((await connector.provision(request, signal)).lists);
    await org.deleteList(list.crmId);
    const read = async () => {
      for await (const page of connector.readMembers(list, signal)) expect(page).toEqual([]);
    };
    await expect(read()).rejects.toMatchObject({ code: 'LIST_DELETED', disposition: 'reject' });
  });
});
