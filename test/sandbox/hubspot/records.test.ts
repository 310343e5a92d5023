import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type BarePortal,
  cursorIn,
  idIn,
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

const contacts = '/crm/v3/objects/contacts';

describe('listing records', () => {
  it('answers ten records unless told, and refuses more than a hundred', async () => {
    loadContacts(
      hubspot.portal,
      Array.from({ length: 12 }, (_, index) => `c${index}`),
    );
    expect(idsIn(await hubspot.get(contacts))).toHaveLength(10);
    expect((await hubspot.get(`${contacts}?limit=100`)).status).toBe(200);
    expect((await hubspot.get(`${contacts}?limit=101`)).status).toBe(400);
    expect((await hubspot.get(`${contacts}?limit=51&propertiesWithHistory=email`)).status).toBe(
      400,
    );
  });

  it('gives the next record id as cursor, so an insert between two pages skips and repeats none', async () => {
    const ids = loadContacts(hubspot.portal, ['a', 'b', 'c']);
    const first = await hubspot.get(`${contacts}?limit=2`);
    expect(cursorIn(first)).toBe(ids[2]);
    const late = idIn(await hubspot.post(contacts, { properties: { email: 'late@example.com' } }));
    const second = await hubspot.get(`${contacts}?limit=2&after=${cursorIn(first)}`);
    expect([...idsIn(first), ...idsIn(second)]).toEqual([...ids, late]);
    expect(cursorIn(second)).toBeUndefined();
  });

  it('takes any number as a cursor, and nothing else', async () => {
    const ids = loadContacts(hubspot.portal, ['a', 'b']);
    expect(idsIn(await hubspot.get(`${contacts}?after=1`))).toEqual(ids);
    expect(idsIn(await hubspot.get(`${contacts}?after=${Number(ids[1]) + 500}`))).toEqual([]);
    expect((await hubspot.get(`${contacts}?after=abc`)).status).toBe(400);
  });

  it('shows default properties unless asked, null for an empty one, and nothing for an unknown one', async () => {
    const [id] = loadContacts(hubspot.portal, ['ann']);
    const iso = new Date(START).toISOString();
    const dates = { createdate: iso, lastmodifieddate: iso, hs_object_id: id };
    expect(await hubspot.get(`${contacts}/${id}`)).toMatchObject({
      body: {
        properties: { email: 'ann@example.com', firstname: 'ann', lastname: null, ...dates },
      },
    });
    const asked = await hubspot.get(`${contacts}/${id}?properties=phone&properties=nonsense`);
    expect(asked.body).toHaveProperty('properties', { phone: null, ...dates });
  });

  it('answers to plural, singular and type id, in numbered and dated versions', async () => {
    const [id] = loadContacts(hubspot.portal, ['ann']);
    for (const path of ['v3/objects/contact', 'v3/objects/0-1', 'objects/2026-03/contacts'])
      expect(idsIn(await hubspot.get(`/crm/${path}`))).toEqual([id]);
    expect((await hubspot.get('/crm/v3/objects/wishes')).status).toBe(400);
  });

  it('shows associated ids beside a record, a page of them', async () => {
    const [deal = ''] = loadDeals(hubspot.portal, [{ dealname: 'one' }]);
    const people = loadContacts(
      hubspot.portal,
      Array.from({ length: 150 }, (_, n) => `p${n}`),
    );
    const pairs = people.map((person) => [Number(deal), Number(person)] as const);
    hubspot.portal.associations.load('deals', 'contacts', pairs);
    const answer = await hubspot.get('/crm/v3/objects/deals?associations=contacts');
    const first = { id: people[0], type: 'deal_to_contact' };
    expect(answer.body).toMatchObject({
      results: [
        {
          associations: {
            contacts: {
              results: { length: 100, 0: first },
              paging: { next: { after: people[100] } },
            },
          },
        },
      ],
    });
  });
});

describe('writing one record', () => {
  it('creates with 201 and refuses a second contact of the same address with its id', async () => {
    const created = await hubspot.post(contacts, { properties: { email: 'Ann@Example.com' } });
    expect(created.status).toBe(201);
    const again = await hubspot.post(contacts, { properties: { email: 'ann@example.com' } });
    expect(again).toMatchObject({
      status: 409,
      body: {
        message: `Contact already exists. Existing ID: ${idIn(created)}`,
        category: 'CONFLICT',
      },
    });
  });

  it('bumps the modified date on every write, also of the same value', async () => {
    const [id] = loadContacts(hubspot.portal, ['ann']);
    hubspot.advance(5_000);
    const answer = await hubspot.patch(`${contacts}/${id}`, { properties: { firstname: 'ann' } });
    expect(answer.body).toHaveProperty('updatedAt', new Date(START + 5_000).toISOString());
  });

  it('refuses unknown and read-only properties and writes nothing', async () => {
    const [id] = loadContacts(hubspot.portal, ['ann']);
    const refused = await hubspot.patch(`${contacts}/${id}`, {
      properties: { firstname: 'x', nonsense: '1', hs_object_id: '9' },
    });
    expect(refused).toMatchObject({
      status: 400,
      body: {
        category: 'VALIDATION_ERROR',
        errors: [{ code: 'PROPERTY_DOESNT_EXIST' }, { code: 'READ_ONLY_VALUE' }],
      },
    });
    const after = await hubspot.get(`${contacts}/${id}?properties=firstname`);
    expect(after.body).toHaveProperty('properties.firstname', 'ann');
  });

  it('clears a value with an empty string and keeps its history, newest first', async () => {
    const [id] = loadContacts(hubspot.portal, ['ann']);
    for (const firstname of ['Anna', '']) {
      hubspot.advance(1_000);
      await hubspot.patch(`${contacts}/${id}`, { properties: { firstname, city: 'Rome' } });
    }
    const after = await hubspot.get(`${contacts}/${id}?propertiesWithHistory=firstname`);
    const at = (ms: number) => new Date(START + ms).toISOString();
    expect(after.body).toMatchObject({
      properties: { firstname: null },
      propertiesWithHistory: {
        firstname: [
          { value: '', sourceId: '77', timestamp: at(2_000) },
          { value: 'Anna', sourceId: '77', timestamp: at(1_000) },
          { value: 'ann', timestamp: at(0) },
        ],
      },
    });
  });

  it('moves a lifecycle stage forward only, unless it is cleared first', async () => {
    const [id] = loadContacts(hubspot.portal, ['ann']);
    const stage = async (lifecyclestage: string) =>
      (await hubspot.patch(`${contacts}/${id}`, { properties: { lifecyclestage } })).body;
    expect(await stage('customer')).toHaveProperty('properties.lifecyclestage', 'customer');
    expect(await stage('lead')).toHaveProperty('properties.lifecyclestage', 'customer');
    await stage('');
    expect(await stage('lead')).toHaveProperty('properties.lifecyclestage', 'lead');
  });

  it('archives with 204, leaves the modified date, and shows the record only when asked', async () => {
    const [id = ''] = loadContacts(hubspot.portal, ['ann']);
    hubspot.advance(9_000);
    expect((await hubspot.delete(`${contacts}/${id}`)).status).toBe(204);
    expect((await hubspot.get(`${contacts}/${id}`)).status).toBe(404);
    expect(idsIn(await hubspot.get(contacts))).toEqual([]);
    const { body } = await hubspot.get(`${contacts}?archived=true`);
    const [updatedAt, archivedAt] = [START, START + 9_000].map((at) => new Date(at).toISOString());
    expect(body).toMatchObject({ results: [{ id, archived: true, updatedAt, archivedAt }] });
  });

  it('finds a contact by its address', async () => {
    const [id] = loadContacts(hubspot.portal, ['ann']);
    const found = await hubspot.get(`${contacts}/ANN@example.com?idProperty=email`);
    expect(idIn(found)).toBe(id);
    expect((await hubspot.get(`${contacts}/x?idProperty=firstname`)).status).toBe(400);
  });
});

describe('calculated values', () => {
  it('tells won from lost by the stage, and converts by the rate of the close date', async () => {
    hubspot.portal.currencies.setRate('EUR', 1.1, 0);
    hubspot.portal.currencies.setRate('EUR', 2, START - 1_000);
    const [won] = loadDeals(hubspot.portal, [
      {
        ...{ dealstage: 'closedwon', amount: '100', deal_currency_code: 'EUR' },
        closedate: '2025-06-01T00:00:00.000Z',
      },
    ]);
    const names = 'hs_is_closed_won,hs_is_closed_lost,amount_in_home_currency,hs_closed_amount';
    const { body } = await hubspot.get(`/crm/v3/objects/deals/${won}?properties=${names}`);
    expect(body).toMatchObject({
      properties: {
        ...{ hs_is_closed_won: 'true', hs_is_closed_lost: 'false' },
        ...{ amount_in_home_currency: '110', hs_closed_amount: '100' },
      },
    });
  });

  it('sums the deals of a contact, won ones only as revenue', async () => {
    const [contact = ''] = loadContacts(hubspot.portal, ['ann']);
    const deals = loadDeals(hubspot.portal, [
      { dealstage: 'closedwon', amount: '10', closedate: '2025-01-01T00:00:00.000Z' },
      { dealstage: 'closedlost', amount: '99', closedate: '2025-02-01T00:00:00.000Z' },
    ]);
    const pairs = deals.map((deal) => [Number(deal), Number(contact)] as const);
    hubspot.portal.associations.load('deals', 'contacts', pairs);
    const names = 'num_associated_deals,total_revenue,recent_deal_amount';
    const { body } = await hubspot.get(`${contacts}/${contact}?properties=${names}`);
    expect(body).toMatchObject({
      properties: { num_associated_deals: '2', total_revenue: '10', recent_deal_amount: '10' },
    });
  });
});
