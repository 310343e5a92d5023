import { describe, expect, it } from 'vitest';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import type { RecordEvent } from '../../../sandbox/zoho/record-store.ts';
import { codesIn, dataIn, idsIn } from './answers.ts';
import { startCaller } from './caller.ts';
import { addRecord } from './stored.ts';

const START = Date.parse('2026-11-22T07:00:00Z');
const HOUR = 3_600_000;

/** An org of its own, behind HTTP, with a clock to turn. */
async function open(options: ConstructorParameters<typeof Org>[0] = {}) {
  const clock = new AdjustableClock(() => START);
  const org = new Org({ clock: clock.now, ...options });
  const { call } = await startCaller({ org, clock });
  const contact = (name: string) => addRecord(org, 'Contacts', { Last_Name: name }).id;
  const deal = (name: string, contactId: string | null) =>
    addRecord(org, 'Deals', { Deal_Name: name, Stage: 'Closed Won', Contact_Name: contactId }).id;
  return { org, clock, call, contact, deal };
}

const deleted = '/crm/v8/Contacts/deleted';
const bin = '/crm/v8/settings/recycle_bin';
const bins = await open();

describe('deleted records', () => {
  const { org, clock, call, contact, deal } = bins;

  it('are told of by time, with names and users while they are in the recycle bin', async () => {
    expect((await call('GET', deleted)).status).toBe(204);
    const [a, b] = [contact('a'), contact('b')];
    expect(codesIn((await call('DELETE', `/crm/v8/Contacts?ids=${a},1`)).body)).toEqual([
      'SUCCESS',
      'INVALID_DATA',
    ]);
    clock.advance(HOUR);
    await call('DELETE', `/crm/v8/Contacts/${b}`);
    const all = await call('GET', deleted);
    expect(idsIn(all.body)).toEqual([b, a]);
    const by = { id: org.users.current.id, name: 'Assay Integration' };
    expect(dataIn(all.body)[1]).toEqual({
      ...{ id: a, display_name: 'a', type: 'recycle', deleted_by: by, created_by: by },
      deleted_time: '2026-11-22T07:00:00+00:00',
    });
    const since = { 'if-modified-since': '2026-11-22T07:00:00+00:00' };
    expect(idsIn((await call('GET', deleted, undefined, since)).body)).toEqual([b]);
    const later = { 'if-modified-since': '2026-11-22T08:00:00+00:00' };
    expect((await call('GET', deleted, undefined, later)).status).toBe(304);
    expect(idsIn((await call('GET', `${deleted}?per_page=1&page=2`)).body)).toEqual([a]);
  });

  it('that are gone for good have neither name nor users', async () => {
    const id = contact('c');
    await call('DELETE', `/crm/v8/Contacts/${id}`);
    expect((await call('DELETE', `${bin}/${id}`)).status).toBe(200);
    const { body } = await call('GET', `${deleted}?type=permanent`);
    expect(dataIn(body)).toMatchObject([
      { id, display_name: null, type: 'permanent', deleted_by: null, created_by: null },
    ]);
    expect((await call('POST', `${bin}/${id}/actions/restore`)).status).toBe(400);
  });

  it('come back with the modified time they had, and with their deals', async () => {
    const id = contact('d');
    const won = deal('w', id);
    const linked = async () =>
      dataIn((await call('GET', `/crm/v8/Deals/${won}?fields=Contact_Name`)).body)[0];
    await call('DELETE', `/crm/v8/Contacts/${id}`);
    expect(await linked()).toMatchObject({ Contact_Name: null });
    const kept = await call('GET', `${deleted}/${id}/Deals?fields=Deal_Name`);
    expect(dataIn(kept.body)).toEqual([{ id: won, Deal_Name: 'w' }]);
    clock.advance(HOUR);
    expect(await call('POST', `${bin}/${id}/actions/restore`)).toMatchObject({
      body: { recycle_bin: [{ code: 'SUCCESS', details: { id } }] },
    });
    expect(await linked()).toMatchObject({ Contact_Name: { id, name: 'd' } });
    expect(org.records.Contacts.get(id)?.modifiedAt).toBe(START + HOUR);
    expect(idsIn((await call('GET', deleted)).body)).not.toContain(id);
  });

  it('are refused within a list, and end at 2,000 rows', async () => {
    expect((await call('GET', '/crm/v8/Wishes/deleted')).body).toMatchObject({
      data: [{ code: 'INVALID_MODULE' }],
    });
    expect((await call('GET', `${deleted}?page=11`)).body).toMatchObject({
      data: [{ code: 'DISCRETE_PAGINATION_LIMIT_EXCEEDED' }],
    });
  });
});

const merges = await open();
const touching = await open({ mergeTouchesDeals: true, mergedChild: 'recycle' });

describe('a merge', () => {
  const body = (...ids: readonly string[]) => ({ merge: [{ data: ids.map((id) => ({ id })) }] });

  it('gives the children’s deals, roles and campaigns to the master, and leaves no pointer', async () => {
    const { org, clock, call, contact, deal } = merges;
    const [master, one, two] = [contact('m'), contact('1'), contact('2')];
    const [first, second] = [deal('a', one), deal('b', two)];
    const { id: campaign } = addRecord(org, 'Campaigns', { Campaign_Name: 'c' });
    org.memberships.add(campaign, one, { Member_Status: 'Active' });
    org.memberships.add(first, two);
    clock.advance(HOUR);
    const path = `/crm/v8/Contacts/${master}/actions/merge`;
    expect(await call('POST', path, body(one, two))).toMatchObject({
      status: 200,
      body: { merge: [{ code: 'SUCCESS' }] },
    });
    const gone = await call('GET', deleted);
    expect(dataIn(gone.body)).toMatchObject([
      { id: two, type: 'permanent', display_name: null },
      { id: one, type: 'permanent', display_name: null },
    ]);
    expect(gone.text).not.toContain(master);
    for (const id of [first, second])
      expect(org.records.Deals.get(id)).toMatchObject({
        values: { Contact_Name: master },
        modifiedAt: START,
      });
    expect(org.records.Contacts.get(master)?.modifiedAt).toBe(START + HOUR);
    expect(org.memberships.of(campaign)).toEqual([
      { memberId: master, values: { Member_Status: 'Active' } },
    ]);
    expect(org.memberships.of(first)).toEqual([{ memberId: master, values: {} }]);
  });

  it('may move the deals’ modified time, and leave the children in the recycle bin', async () => {
    const { org, clock, call, contact, deal } = touching;
    const [master, child] = [contact('m'), contact('1')];
    const id = deal('a', child);
    clock.advance(HOUR);
    await call('POST', `/crm/v8/Contacts/${master}/actions/merge`, body(child));
    expect(org.records.Deals.get(id)?.modifiedAt).toBe(START + HOUR);
    expect(dataIn((await call('GET', deleted)).body)).toMatchObject([
      { id: child, type: 'recycle' },
    ]);
  });

  it('takes over the fields named, and one or two children', async () => {
    const { org, call, contact } = merges;
    const master = contact('m');
    const { id: child } = addRecord(org, 'Contacts', { Last_Name: 'x', Phone: '1' });
    const path = `/crm/v8/Contacts/${master}/actions/merge`;
    const _fields = [{ api_name: 'Phone' }];
    await call('POST', path, { merge: [{ data: [{ id: child, _fields }] }] });
    expect(org.records.Contacts.get(master)?.values).toEqual({ Last_Name: 'm', Phone: '1' });
    for (const bad of [body(), body(child), body(master), body('1', '2', '3')])
      expect((await call('POST', path, bad)).status).toBe(400);
  });
});

const many = await open();

describe('a mass update', () => {
  it('writes one value into up to 500 records and answers for each', async () => {
    const { org, call, contact } = many;
    const ids = Array.from({ length: 500 }, (_, n) => contact(`c${n}`));
    const path = '/crm/v8/Contacts/actions/mass_update';
    const update = { data: [{ Title: 'Dr' }], trigger: [] };
    const answer = await call('POST', path, { ...update, ids });
    expect(answer.status).toBe(200);
    expect(dataIn(answer.body)).toHaveLength(500);
    expect(org.records.Contacts.get(ids[499] ?? '')?.values).toMatchObject({ Title: 'Dr' });
    expect(org.writes.all()).toMatchObject([{ endpoint: 'mass_update', trigger: [], ids }]);
    expect((await call('POST', path, { ...update, ids: [...ids, '1'] })).body).toMatchObject({
      data: [{ code: 'LIMIT_EXCEEDED', details: { maximum_length: 500, api_name: 'ids' } }],
    });
    const mixed = await call('POST', path, { ...update, ids: [ids[0], '1'] });
    expect([mixed.status, codesIn(mixed.body)]).toEqual([207, ['SUCCESS', 'INVALID_DATA']]);
  });
});

const leads = await open();

describe('a lead', () => {
  const list = '/crm/v8/Leads?fields=Last_Name';

  it('becomes a contact, an account and a deal, and is hidden unless asked for', async () => {
    const { org, call } = leads;
    const { id: other } = addRecord(org, 'Leads', { Last_Name: 'Open' });
    const values = { First_Name: 'Ann', Last_Name: 'Doe', Company: 'Acme', City: 'Rome' };
    const { id } = addRecord(org, 'Leads', values);
    const path = `/crm/v8/Leads/${id}/actions/convert`;
    const Deals = { Deal_Name: 'First', Stage: 'Qualification' };
    const { body } = await call('POST', path, { data: [{ Deals }] });
    expect(dataIn(body)).toMatchObject([
      {
        code: 'SUCCESS',
        message: 'The record has been converted successfully',
        details: {
          ...{ Contacts: { name: 'Ann Doe' }, Accounts: { name: 'Acme' } },
          Deals: { name: 'First' },
        },
      },
    ]);
    const [contact] = org.records.Contacts.byId();
    const [deal] = org.records.Deals.byId();
    expect(contact?.values).toMatchObject({ Last_Name: 'Doe', Mailing_City: 'Rome' });
    expect(deal?.values).toMatchObject({ Contact_Name: contact?.id });
    expect(idsIn((await call('GET', list)).body)).toEqual([other]);
    expect(idsIn((await call('GET', `${list}&converted=true`)).body)).toEqual([id]);
    expect(idsIn((await call('GET', `${list}&converted=both`)).body)).toEqual([id, other]);
    expect(codesIn((await call('POST', path, { data: [{}] })).body)).toEqual([
      'ID_ALREADY_CONVERTED',
    ]);
  });

  it('joins a contact that is there', async () => {
    const { org, call, contact } = leads;
    const known = contact('Known');
    const { id } = addRecord(org, 'Leads', { Last_Name: 'Doe' });
    const data = [{ Contacts: { id: known } }];
    const { body } = await call('POST', `/crm/v8/Leads/${id}/actions/convert`, { data });
    expect(dataIn(body)).toMatchObject([
      { details: { Contacts: { id: known }, Accounts: null, Deals: null } },
    ]);
  });
});

const told = await open();

describe('who listens to a module', () => {
  it('hears of each happening once, of the changed fields and of the writer', async () => {
    const { org, call } = told;
    const events: RecordEvent[] = [];
    org.records.Contacts.onEvent((event) => events.push(event));
    const path = '/crm/v8/Contacts';
    await call('POST', path, { data: [{ Last_Name: 'Doe' }] });
    const id = events[0]?.record.id ?? '';
    await call('PUT', path, { data: [{ id, Last_Name: 'Doe', Title: 'Dr' }] });
    await call('DELETE', `${path}/${id}`);
    await call('POST', `${bin}/${id}/actions/restore`);
    expect(events.map(({ kind, fields }) => [kind, fields])).toEqual([
      ['create', ['Last_Name']],
      ['edit', ['Title']],
      ['delete', []],
      ['restore', []],
    ]);
    expect(new Set(events.map(({ by }) => by))).toEqual(new Set([org.users.current.id]));
  });
});
