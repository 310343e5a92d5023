import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PortalEvent } from '../../../sandbox/hubspot/portal-events.ts';
import {
  type BarePortal,
  cursorIn,
  loadContacts,
  loadDeals,
  START,
  startBarePortal,
} from './bare-portal.ts';

let hubspot: BarePortal;
let deal: string;
let contact: string;
beforeEach(async () => {
  hubspot = await startBarePortal({ associationPageLimit: 3 });
  [deal = ''] = loadDeals(hubspot.portal, [{ dealname: 'one' }]);
  [contact = ''] = loadContacts(hubspot.portal, ['ann']);
});
afterEach(() => hubspot.close());

const path = (id: string, to: string) => `/crm/v4/objects/deals/${id}/associations/${to}`;
const batch = (verb: string, version = 'v4') =>
  version === 'v4'
    ? `/crm/v4/associations/deals/contacts/batch/${verb}`
    : `/crm/associations/${version}/deals/contacts/batch/${verb}`;
const plain = { category: 'HUBSPOT_DEFINED', typeId: 3, label: null };
const company = () =>
  String(
    hubspot.portal.objects.companies.load({ createdAt: START, updatedAt: START, properties: {} }),
  );
const linkMany = (count: number) => {
  const people = loadContacts(
    hubspot.portal,
    Array.from({ length: count }, (_, n) => `p${n}`),
  );
  hubspot.portal.associations.load(
    'deals',
    'contacts',
    people.map((id) => [Number(deal), Number(id)] as const),
  );
  return people;
};

describe('associations of one record', () => {
  it('are made by default with 200, shown from both sides with a numeric id, ended with 204', async () => {
    const made = await hubspot.put(`${path(deal, `default/contacts/${contact}`)}`);
    expect(made).toMatchObject({
      status: 200,
      body: {
        results: [
          { from: { id: deal }, to: { id: contact }, associationSpec: { associationTypeId: 3 } },
          {},
        ],
      },
    });
    expect((await hubspot.get(path(deal, 'contacts'))).body).toEqual({
      results: [{ toObjectId: Number(contact), associationTypes: [plain] }],
    });
    const other = await hubspot.get(`/crm/v4/objects/contacts/${contact}/associations/deals`);
    expect(other.body).toMatchObject({
      results: [{ toObjectId: Number(deal), associationTypes: [{ typeId: 4 }] }],
    });
    expect((await hubspot.delete(path(deal, `contacts/${contact}`))).status).toBe(204);
    expect((await hubspot.get(path(deal, 'contacts'))).body).toEqual({ results: [] });
  });

  it('carry the plain type beside a label, and one primary company at a time', async () => {
    const [first, second] = [company(), company()];
    const primary = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 5 }];
    const made = await hubspot.put(path(deal, `companies/${first}`), primary);
    expect(made).toMatchObject({ status: 201, body: { fromObjectId: deal, labels: ['Primary'] } });
    await hubspot.put(path(deal, `companies/${second}`), primary);
    expect((await hubspot.get(path(deal, 'companies'))).body).toMatchObject({
      results: [
        { toObjectId: Number(first), associationTypes: [{ typeId: 341 }] },
        {
          toObjectId: Number(second),
          associationTypes: [{ typeId: 341 }, { typeId: 5, label: 'Primary' }],
        },
      ],
    });
  });

  it('refuse a type of another pair, and a record that is not there', async () => {
    const wrong = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 4 }];
    expect((await hubspot.put(path(deal, `contacts/${contact}`), wrong)).status).toBe(400);
    expect((await hubspot.get(path('1', 'contacts'))).status).toBe(404);
  });

  it('come in pages', async () => {
    const people = linkMany(5);
    const first = await hubspot.get(`${path(deal, 'contacts')}?limit=4`);
    expect(cursorIn(first)).toBe(people[4]);
    const second = await hubspot.get(`${path(deal, 'contacts')}?limit=4&after=${cursorIn(first)}`);
    expect(second.body).toMatchObject({ results: [{ toObjectId: Number(people[4]) }] });
    expect((await hubspot.get(`${path(deal, 'contacts')}?limit=501`)).status).toBe(400);
  });

  it('do not touch the modified date', async () => {
    hubspot.advance(5_000);
    await hubspot.put(path(deal, `default/contacts/${contact}`));
    const { body } = await hubspot.get(`/crm/v3/objects/deals/${deal}`);
    expect(body).toHaveProperty('updatedAt', new Date(START).toISOString());
  });

  it('are announced from both sides', async () => {
    const events: PortalEvent[] = [];
    hubspot.portal.events.subscribe((event) => events.push(event));
    await hubspot.put(path(deal, `default/contacts/${contact}`));
    await hubspot.put(path(deal, `default/contacts/${contact}`));
    expect(events).toMatchObject([
      { kind: 'associated', typeId: 3, fromType: 'deals', removed: false },
      { kind: 'associated', typeId: 4, fromType: 'contacts', removed: false },
    ]);
  });
});

describe('associations in batches', () => {
  it('are read a page per input, and a record without any is an error entry of a 207', async () => {
    const people = linkMany(5);
    const [lone] = loadDeals(hubspot.portal, [{}]);
    const first = await hubspot.post(batch('read'), { inputs: [{ id: deal }, { id: lone }] });
    expect(first).toMatchObject({
      status: 207,
      body: {
        results: [
          { from: { id: deal }, to: { length: 3 }, paging: { next: { after: people[3] } } },
        ],
        errors: [
          {
            subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
            context: { fromObjectId: [lone] },
          },
        ],
      },
    });
    const rest = await hubspot.post(batch('read'), { inputs: [{ id: deal, after: people[3] }] });
    expect(rest).toMatchObject({ status: 200, body: { results: [{ to: { length: 2 } }] } });
    expect(rest.body).not.toHaveProperty('results.0.paging');
  });

  it('leave records without any out when the portal is told so', async () => {
    await hubspot.close();
    hubspot = await startBarePortal({ missingAssociations: 'omit' });
    const [lone] = loadDeals(hubspot.portal, [{}]);
    const answer = await hubspot.post(batch('read'), { inputs: [{ id: lone }] });
    expect(answer).toMatchObject({ status: 200, body: { results: [] } });
  });

  it('hold a thousand inputs to read and two thousand to create', async () => {
    const inputs = (count: number) => Array.from({ length: count }, () => ({ id: deal }));
    expect((await hubspot.post(batch('read'), { inputs: inputs(1_001) })).status).toBe(400);
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 3 }];
    const pairs = (count: number) =>
      inputs(count).map((from) => ({ from, to: { id: contact }, types }));
    expect((await hubspot.post(batch('create'), { inputs: pairs(2_001) })).status).toBe(400);
    expect((await hubspot.post(batch('create'), { inputs: pairs(2_000) })).status).toBe(201);
  });

  it('are created with 201, and with 207 when a record is unknown', async () => {
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 3 }];
    const to = (id: string) => ({ from: { id: deal }, to: { id }, types });
    const inputs = [to(contact), to('1')];
    expect(await hubspot.post(batch('create'), { inputs })).toMatchObject({
      status: 207,
      body: { results: [{ toObjectId: contact }], errors: [{ context: { ids: ['1'] } }] },
    });
    const fine = await hubspot.post(batch('associate/default'), { inputs: [to(contact)] });
    expect(fine.status).toBe(200);
  });

  it('are archived with 204 in v4 and with 200 and a body in dated versions', async () => {
    const inputs = [{ from: { id: deal }, to: [{ id: contact }] }];
    for (const version of ['v4', '2026-03', '2026-09']) {
      await hubspot.put(path(deal, `default/contacts/${contact}`));
      const answer = await hubspot.post(batch('archive', version), { inputs });
      expect(answer.status).toBe(version === 'v4' ? 204 : 200);
      if (version !== 'v4') expect(answer.body).toMatchObject({ status: 'COMPLETE' });
      expect((await hubspot.get(path(deal, 'contacts'))).body).toEqual({ results: [] });
    }
  });

  it('are not begun when one of their types is wrong', async () => {
    const pair = { from: { id: deal }, to: { id: contact } };
    const typed = (associationTypeId: number) => ({
      ...pair,
      types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }],
    });
    const answer = await hubspot.post(batch('create'), { inputs: [typed(3), typed(4)] });
    expect(answer.status).toBe(400);
    expect((await hubspot.get(path(deal, 'contacts'))).body).toEqual({ results: [] });
  });

  it('lose a label and keep the link', async () => {
    const labels = '/crm/v4/associations/deals/contacts/labels';
    const created = await hubspot.post(labels, { name: 'buyer', label: 'Buyer' });
    expect(created).toMatchObject({ status: 200, body: { results: [{ label: 'Buyer' }, {}] } });
    const [type] = hubspot.portal.associations.types.between('deals', 'contacts').slice(-1);
    const types = [{ associationCategory: 'USER_DEFINED', associationTypeId: type?.typeId }];
    const inputs = [{ from: { id: deal }, to: { id: contact }, types }];
    await hubspot.post(batch('create'), { inputs });
    const shown = await hubspot.get(path(deal, 'contacts'));
    expect(shown.body).toMatchObject({
      results: [{ associationTypes: [plain, { label: 'Buyer' }] }],
    });
    expect((await hubspot.post(batch('labels/archive'), { inputs })).status).toBe(204);
    const after = await hubspot.get(path(deal, 'contacts'));
    expect(after.body).toMatchObject({ results: [{ associationTypes: [plain] }] });
  });
});

describe('associations in v3', () => {
  it('are still read from one record, as ids with a type name, where inline pages lead', async () => {
    hubspot.portal.associations.load('deals', 'contacts', [[Number(deal), Number(contact)]]);
    const { body } = await hubspot.get(`/crm/v3/objects/deals/${deal}/associations/contacts`);
    expect(body).toEqual({ results: [{ id: contact, type: 'deal_to_contact' }] });
  });
});

describe('labels', () => {
  const labels = '/crm/v4/associations/deals/contacts/labels';

  it('are made, renamed and removed by users, and HubSpot’s own stay', async () => {
    await hubspot.post(labels, { name: 'buyer', label: 'Buyer', inverseLabel: 'Bought' });
    const [type] = hubspot.portal.associations.types.between('deals', 'contacts').slice(-1);
    const associationTypeId = type?.typeId;
    const renamed = await hubspot.put(labels, { associationTypeId, label: 'Payer' });
    expect(renamed.status).toBe(204);
    const { body } = await hubspot.get(labels);
    expect(body).toMatchObject({
      results: [{ typeId: 3 }, { typeId: associationTypeId, label: 'Payer' }],
    });
    expect((await hubspot.delete(`${labels}/${associationTypeId}`)).status).toBe(204);
    expect((await hubspot.delete(`${labels}/3`)).status).toBe(404);
    expect((await hubspot.get(labels)).body).toEqual({ results: [plain] });
  });
});
