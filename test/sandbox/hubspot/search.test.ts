import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type BarePortal,
  cursorIn,
  idsIn,
  loadContacts,
  loadDeals,
  START,
  startBarePortal,
} from './bare-portal.ts';

let hubspot: BarePortal;
beforeEach(async () => {
  hubspot = await startBarePortal();
});
afterEach(() => hubspot.close());

const search = (type: string, body: unknown) =>
  hubspot.post(`/crm/v3/objects/${type}/search`, body);
const filter = (propertyName: string, operator: string, rest: object = {}) => ({
  filterGroups: [{ filters: [{ propertyName, operator, ...rest }] }],
});
const status = async (body: unknown) => (await search('contacts', body)).status;
const totalOf = ({ body }: { body: unknown }) => z.object({ total: z.number() }).parse(body).total;

describe('the limits of search', () => {
  const one = { propertyName: 'email', operator: 'HAS_PROPERTY' };
  const groups = (count: number, filters: number) => ({
    filterGroups: Array.from({ length: count }, () => ({
      filters: Array.from({ length: filters }, () => one),
    })),
  });

  it('are five groups, six filters in one, eighteen in all', async () => {
    expect(await status(groups(5, 3))).toBe(200);
    expect(await status(groups(3, 6))).toBe(200);
    expect(await status(groups(6, 1))).toBe(400);
    expect(await status(groups(1, 7))).toBe(400);
    expect(await status(groups(4, 5))).toBe(400);
  });

  it('are pages of two hundred, one sort rule and three thousand characters', async () => {
    expect(await status({ limit: 200 })).toBe(200);
    expect(await status({ limit: 201 })).toBe(400);
    expect(await status({ sorts: ['email', 'createdate'] })).toBe(400);
    expect(await status({ properties: ['x'.repeat(2_900)] })).toBe(200);
    expect(await status({ properties: ['x'.repeat(3_000)] })).toBe(400);
  });

  it('are ten thousand results of a query, though the total goes on', async () => {
    loadContacts(
      hubspot.portal,
      Array.from({ length: 10_300 }, (_, index) => `c${index}`),
    );
    const last = await search('contacts', { limit: 200, after: '9800' });
    expect(totalOf(last)).toBe(10_300);
    expect(idsIn(last)).toHaveLength(200);
    expect(cursorIn(last)).toBe('10000');
    expect(await status({ limit: 200, after: '10000' })).toBe(400);
  });

  it('are known operators, properties and values that fit', async () => {
    expect(await status(filter('email', 'LIKE', { value: 'x' }))).toBe(400);
    expect(await status(filter('nonsense', 'EQ', { value: 'x' }))).toBe(400);
    expect(await status(filter('createdate', 'GT', { value: 'soon' }))).toBe(400);
    expect(await status(filter('email', 'EQ'))).toBe(400);
    expect(await status(filter('email', 'IN', { values: [] }))).toBe(400);
    expect(await status({ sorts: ['nonsense'] })).toBe(400);
  });
});

describe('paging a search', () => {
  it('goes by offset, ten at a time unless told, oldest record first', async () => {
    const ids = loadContacts(
      hubspot.portal,
      Array.from({ length: 25 }, (_, index) => `c${index}`),
    );
    const first = await search('contacts', {});
    const second = await search('contacts', { after: cursorIn(first) });
    const third = await search('contacts', { after: cursorIn(second) });
    expect([first, second, third].flatMap(idsIn)).toEqual(ids);
    expect(cursorIn(third)).toBeUndefined();
  });

  it('sorts by one rule in either form, records without a value last', async () => {
    const [ten, none, two] = loadDeals(hubspot.portal, [{ amount: '10' }, {}, { amount: '2' }]);
    const sorted = async (rule: unknown) => idsIn(await search('deals', { sorts: [rule] }));
    expect(await sorted('amount')).toEqual([two, ten, none]);
    expect(await sorted('-amount')).toEqual([ten, two, none]);
    const rule = { propertyName: 'amount', direction: 'DESCENDING' };
    expect(await sorted(rule)).toEqual([ten, two, none]);
  });
});

describe('what search sees', () => {
  it('is the modified date of contacts under one of its two names only', async () => {
    const ids = loadContacts(hubspot.portal, ['ann']);
    const since = { value: String(START) };
    expect(idsIn(await search('contacts', filter('lastmodifieddate', 'GTE', since)))).toEqual(ids);
    expect(idsIn(await search('contacts', filter('hs_lastmodifieddate', 'GTE', since)))).toEqual(
      [],
    );
    const [deal] = loadDeals(hubspot.portal, [{}]);
    expect(idsIn(await search('deals', filter('hs_lastmodifieddate', 'GTE', since)))).toEqual([
      deal,
    ]);
  });

  it('is never an archived record', async () => {
    const [ann, bob] = loadContacts(hubspot.portal, ['ann', 'bob']);
    await hubspot.delete(`/crm/v3/objects/contacts/${ann}`);
    expect(idsIn(await search('contacts', {}))).toEqual([bob]);
  });

  it('is a change at once without lag, whatever was asked before', async () => {
    const [ann] = loadContacts(hubspot.portal, ['ann']);
    const zoe = filter('firstname', 'EQ', { value: 'zoe' });
    expect(idsIn(await search('contacts', zoe))).toEqual([]);
    await hubspot.patch(`/crm/v3/objects/contacts/${ann}`, { properties: { firstname: 'Zoe' } });
    expect(idsIn(await search('contacts', zoe))).toEqual([ann]);
  });

  it('follows a stage whose meaning was changed', async () => {
    const [deal] = loadDeals(hubspot.portal, [{ dealstage: 'contractsent' }]);
    const won = filter('hs_is_closed_won', 'EQ', { value: 'true' });
    expect(idsIn(await search('deals', won))).toEqual([]);
    const metadata = { probability: '1.0', isClosed: 'true' };
    hubspot.portal.pipelines.updateStage('deals', 'default', 'contractsent', { metadata });
    expect(idsIn(await search('deals', won))).toEqual([deal]);
  });

  it('is who a record is linked to', async () => {
    const [ann, bob] = loadContacts(hubspot.portal, ['ann', 'bob']);
    const [one, two] = loadDeals(hubspot.portal, [{}, {}]);
    hubspot.portal.associations.load('deals', 'contacts', [[Number(one), Number(ann)]]);
    const linked = (operator: string, rest?: object) =>
      search('deals', filter('associations.contact', operator, rest)).then(idsIn);
    expect(await linked('EQ', { value: ann })).toEqual([one]);
    expect(await linked('EQ', { value: bob })).toEqual([]);
    expect(await linked('IN', { values: [ann, bob] })).toEqual([one]);
    expect(await linked('NOT_HAS_PROPERTY')).toEqual([two]);
  });

  it('is the words of a query, by their beginning', async () => {
    const [ann] = loadContacts(hubspot.portal, ['annabel', 'bob']);
    expect(idsIn(await search('contacts', { query: 'Anna exam' }))).toEqual([ann]);
  });
});

describe('a lagging index', () => {
  const contacts = '/crm/v3/objects/contacts';

  beforeEach(async () => {
    await hubspot.close();
    hubspot = await startBarePortal({ indexLagMs: 10_000 });
  });

  it('shows a new record late', async () => {
    await hubspot.post(contacts, { properties: { email: 'new@example.com' } });
    hubspot.advance(9_999);
    expect(idsIn(await search('contacts', {}))).toEqual([]);
    hubspot.advance(1);
    expect(idsIn(await search('contacts', {}))).toHaveLength(1);
  });

  it('finds a changed record by what it was, and shows it as it is', async () => {
    const [ann] = loadContacts(hubspot.portal, ['ann']);
    hubspot.advance(1_000);
    await hubspot.patch(`${contacts}/${ann}`, { properties: { firstname: 'zoe' } });
    hubspot.advance(1_000);
    await hubspot.patch(`${contacts}/${ann}`, { properties: { firstname: 'amy' } });
    const named = async (value: string) =>
      search('contacts', { ...filter('firstname', 'EQ', { value }), properties: ['firstname'] });
    expect((await named('ann')).body).toMatchObject({
      results: [{ properties: { firstname: 'amy' } }],
    });
    hubspot.advance(9_000);
    expect(idsIn(await named('ann'))).toEqual([]);
    expect(idsIn(await named('zoe'))).toEqual([ann]);
    hubspot.advance(1_000);
    expect(idsIn(await named('amy'))).toEqual([ann]);
  });

  it('keeps a changed record out of the window of its new modified date until it catches up', async () => {
    const [ann] = loadContacts(hubspot.portal, ['ann']);
    hubspot.advance(1_000);
    await hubspot.patch(`${contacts}/${ann}`, { properties: { firstname: 'zoe' } });
    const since = filter('lastmodifieddate', 'GTE', { value: String(START + 1) });
    expect(idsIn(await search('contacts', since))).toEqual([]);
    hubspot.advance(10_000);
    expect(idsIn(await search('contacts', since))).toEqual([ann]);
  });

  it('drops an archived record at once', async () => {
    const [ann] = loadContacts(hubspot.portal, ['ann']);
    await hubspot.patch(`${contacts}/${ann}`, { properties: { firstname: 'zoe' } });
    await hubspot.delete(`${contacts}/${ann}`);
    expect(idsIn(await search('contacts', {}))).toEqual([]);
  });
});
