import { describe, expect, it } from 'vitest';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import { codesIn, dataIn, idsIn } from './answers.ts';
import { startCaller } from './caller.ts';
import { addRecord } from './stored.ts';

const START = Date.parse('2026-11-22T07:00:00Z');
const DAY = 86_400_000;
const clock = new AdjustableClock(() => START);
const org = new Org({ clock: clock.now });
const { call } = await startCaller({ org, clock });
const contact = (name: string) => addRecord(org, 'Contacts', { Last_Name: name }).id;
const deal = (values = {}) => addRecord(org, 'Deals', { Deal_Name: 'd', ...values }).id;

describe('the contacts of a deal', () => {
  const [ann, bob] = [contact('Ann'), contact('Bob')];
  const id = deal({ Contact_Name: ann });
  const roles = `/crm/v8/Deals/${id}/Contact_Roles`;
  const [role] = org.contactRoles.all();

  it('besides the primary one have roles, named or given by id', async () => {
    const data = [
      { id: bob, Contact_Role: { name: role?.name, id: role?.id } },
      { id: '1', Contact_Role: role?.name },
      { id: ann, Contact_Role: 'Nobody' },
    ];
    const answer = await call('PUT', roles, { data });
    expect([answer.status, codesIn(answer.body)]).toEqual([
      207,
      ['SUCCESS', 'INVALID_DATA', 'INVALID_DATA'],
    ]);
    const { body } = await call('GET', `${roles}?fields=Last_Name,Contact_Role`);
    expect(dataIn(body)).toEqual([
      { id: bob, Last_Name: 'Bob', Contact_Role: { name: role?.name, id: role?.id } },
    ]);
  });

  it('are in no other list when they are deleted, and are unlinked by id', async () => {
    const cid = contact('Cid');
    await call('PUT', `${roles}/${cid}`, { data: [{ Contact_Role: role?.name }] });
    await call('DELETE', `/crm/v8/Contacts/${cid}`);
    expect(idsIn((await call('GET', `${roles}?fields=id`)).body)).toEqual([bob]);
    expect((await call('DELETE', `${roles}?ids=${bob}`)).status).toBe(200);
    expect((await call('GET', `${roles}?fields=id`)).status).toBe(204);
    expect((await call('DELETE', `${roles}/${bob}`)).status).toBe(400);
  });

  it('must be asked for by fields, of a deal and a list that are there', async () => {
    expect((await call('GET', roles)).body).toMatchObject({ code: 'REQUIRED_PARAM_MISSING' });
    expect((await call('GET', '/crm/v8/Deals/1/Contact_Roles?fields=id')).status).toBe(400);
    expect((await call('GET', `/crm/v8/Deals/${id}/Wishes?fields=id`)).status).toBe(400);
  });
});

describe('the deals of a contact', () => {
  it('are those that name it and those in which it has a role, each once', async () => {
    const id = contact('Eve');
    const [named, byRole] = [deal({ Contact_Name: id }), deal()];
    for (const owner of [named, byRole]) org.memberships.add(owner, id);
    const { body } = await call('GET', `/crm/v8/Contacts/${id}/Deals?fields=Deal_Name`);
    expect(idsIn(body)).toEqual([named, byRole]);
  });

  it('are linked and unlinked like any relation', async () => {
    const [id, free] = [contact('Fay'), deal()];
    const list = `/crm/v8/Contacts/${id}/Deals`;
    await call('PUT', list, { data: [{ id: free }] });
    expect(org.records.Deals.get(free)?.values['Contact_Name']).toBe(id);
    await call('DELETE', `${list}?ids=${free}`);
    expect((await call('GET', `${list}?fields=id`)).status).toBe(204);
  });
});

describe('the members of a campaign', () => {
  const [ann, bob] = [contact('Ann'), contact('Bob')];
  const { id } = addRecord(org, 'Campaigns', { Campaign_Name: 'Top customers' });
  const members = `/crm/v8/Campaigns/${id}/Contacts`;

  it('are put in from either side, with a status that may change', async () => {
    await call('PUT', members, { data: [{ id: ann, Member_Status: 'Active' }] });
    await call('PUT', `/crm/v8/Contacts/${bob}/Campaigns`, { data: [{ id }] });
    await call('PUT', members, { data: [{ id: ann, Member_Status: 'Left' }] });
    const { body } = await call('GET', `${members}?fields=Last_Name,Member_Status`);
    expect(dataIn(body)).toEqual([
      { id: ann, Last_Name: 'Ann', Member_Status: 'Left' },
      { id: bob, Last_Name: 'Bob', Member_Status: null },
    ]);
    const mine = await call('GET', `/crm/v8/Contacts/${ann}/Campaigns?fields=Campaign_Name`);
    expect(dataIn(mine.body)).toEqual([{ id, Campaign_Name: 'Top customers' }]);
  });

  it('do not move anybody’s modified time', () => {
    expect(org.records.Contacts.get(ann)?.modifiedAt).toBe(START);
  });

  it('come and go in hundreds, and in pages', async () => {
    const ids = Array.from({ length: 101 }, (_, n) => contact(`m${n}`));
    const data = ids.map((each) => ({ id: each }));
    expect((await call('PUT', members, { data })).body).toMatchObject({
      data: [{ code: 'LIMIT_EXCEEDED' }],
    });
    expect((await call('PUT', members, { data: data.slice(1) })).status).toBe(200);
    const page = await call('GET', `${members}?fields=id&per_page=100&page=2`);
    expect(idsIn(page.body)).toEqual(ids.slice(99));
    const gone = await call('DELETE', `${members}?ids=${ids.slice(1).join(',')}`);
    expect(gone.status).toBe(200);
    expect(idsIn((await call('GET', `${members}?fields=id`)).body)).toEqual([ann, bob]);
  });
});

describe('the stages of a deal', () => {
  it('tell when it was won, whatever its closing date says', async () => {
    const id = deal({ Stage: 'Qualification', Closing_Date: '2027-01-01' });
    const stages = `/crm/v8/Deals/${id}/Stage_History?fields=Stage,Modified_Time,Moved_To__s`;
    clock.advance(2 * DAY);
    await call('PUT', '/crm/v8/Deals', { data: [{ id, Stage: 'Closed Won' }] });
    await call('PUT', '/crm/v8/Deals', { data: [{ id, Amount: 5 }] });
    expect(dataIn((await call('GET', stages)).body)).toMatchObject([
      { Stage: 'Closed Won', Modified_Time: '2026-11-24T07:00:00+00:00', Moved_To__s: null },
      { Stage: 'Qualification', Modified_Time: '2026-11-22T07:00:00+00:00' },
    ]);
  });
});
