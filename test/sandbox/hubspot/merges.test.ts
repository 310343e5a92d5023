import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PortalEvent } from '../../../sandbox/hubspot/portal-events.ts';
import { restoreRecord } from '../../../sandbox/hubspot/record-writer.ts';
import {
  type BarePortal,
  idIn,
  idsIn,
  loadContacts,
  loadDeals,
  START,
  startBarePortal,
} from './bare-portal.ts';

let hubspot: BarePortal;
let ann: string;
let bob: string;
beforeEach(async () => {
  hubspot = await startBarePortal();
  [ann = '', bob = ''] = loadContacts(hubspot.portal, ['ann', 'bob']);
});
afterEach(() => hubspot.close());

const contacts = '/crm/v3/objects/contacts';
const merge = () =>
  hubspot.post(`${contacts}/merge`, { primaryObjectId: ann, objectIdToMerge: bob });

describe('a merge', () => {
  it('makes a new record, to which both old ids lead, and which alone is listed and found', async () => {
    const merged = await merge();
    expect(merged.status).toBe(200);
    const id = idIn(merged);
    expect([ann, bob]).not.toContain(id);
    for (const old of [ann, bob]) expect(idIn(await hubspot.get(`${contacts}/${old}`))).toBe(id);
    expect(idsIn(await hubspot.get(contacts))).toEqual([id]);
    expect(idsIn(await hubspot.post(`${contacts}/search`))).toEqual([id]);
  });

  it('keeps the primary values, both addresses, both ids and the links of both', async () => {
    const deals = loadDeals(hubspot.portal, [{ dealname: 'a' }, { dealname: 'b' }]);
    hubspot.portal.associations.load('deals', 'contacts', [
      [Number(deals[0]), Number(ann)],
      [Number(deals[1]), Number(bob)],
    ]);
    const id = idIn(await merge());
    const names = 'email,hs_additional_emails,hs_merged_object_ids,num_associated_deals';
    const { body } = await hubspot.get(`${contacts}/${id}?properties=${names}`);
    expect(body).toMatchObject({
      properties: {
        ...{ email: 'ann@example.com', hs_additional_emails: 'bob@example.com' },
        ...{ hs_merged_object_ids: `${ann};${bob}`, num_associated_deals: '2' },
      },
    });
    expect(idIn(await hubspot.get(`${contacts}/bob@example.com?idProperty=email`))).toBe(id);
  });

  it('lets a single update use an old id, and a batch update not', async () => {
    const id = idIn(await merge());
    const properties = { firstname: 'x' };
    expect(idIn(await hubspot.patch(`${contacts}/${bob}`, { properties }))).toBe(id);
    const inputs = [{ id: bob, properties }];
    expect((await hubspot.post(`${contacts}/batch/update`, { inputs })).status).toBe(207);
  });

  it('follows a chain of merges', async () => {
    const first = idIn(await merge());
    const [cid] = loadContacts(hubspot.portal, ['cid']);
    const body = { primaryObjectId: cid, objectIdToMerge: first };
    const last = idIn(await hubspot.post(`${contacts}/merge`, body));
    expect(idIn(await hubspot.get(`${contacts}/${ann}`))).toBe(last);
  });
});

describe('what leaves and returns', () => {
  it('purges a contact without a trace, and takes an unknown address without complaint', async () => {
    const gone = await hubspot.post(`${contacts}/gdpr-delete`, { objectId: ann });
    expect(gone.status).toBe(204);
    expect(idsIn(await hubspot.get(`${contacts}?archived=true`))).toEqual([]);
    expect(idsIn(await hubspot.get(contacts))).toEqual([bob]);
    const unknown = { objectId: 'no@example.com', idProperty: 'email' };
    expect((await hubspot.post(`${contacts}/gdpr-delete`, unknown)).status).toBe(204);
  });

  it('restores an archived record with its links', async () => {
    const [deal] = loadDeals(hubspot.portal, [{ dealname: 'a' }]);
    hubspot.portal.associations.load('deals', 'contacts', [[Number(deal), Number(ann)]]);
    await hubspot.delete(`${contacts}/${ann}`);
    const links = () => hubspot.get(`/crm/v4/objects/deals/${deal}/associations/contacts`);
    expect((await links()).body).toEqual({ results: [] });
    restoreRecord(hubspot.portal, 'contacts', Number(ann), { appId: '', now: START });
    expect((await links()).body).toMatchObject({ results: [{ toObjectId: Number(ann) }] });
    expect(idsIn(await hubspot.get(contacts))).toEqual([ann, bob]);
  });

  it('tells listeners what happened, once per happening and with the writer', async () => {
    const events: PortalEvent[] = [];
    hubspot.portal.events.subscribe((event) => events.push(event));
    const id = idIn(await hubspot.post(contacts, { properties: { email: 'new@example.com' } }));
    await hubspot.patch(`${contacts}/${id}`, { properties: { firstname: 'n' } });
    await hubspot.delete(`${contacts}/${id}`);
    await merge();
    expect(events.map(({ kind }) => kind)).toEqual(['created', 'changed', 'archived', 'merged']);
    expect(new Set(events.map(({ appId }) => appId))).toEqual(new Set(['77']));
  });
});
