import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/contacts/models/Filter.js';
import { describe, expect, it } from 'vitest';
import { refusal, startConformance } from './conformance.ts';

const { client } = await startConformance();
const { basicApi, batchApi, searchApi } = client.crm.contacts;

describe('the rules of contacts', () => {
  it('let one e-mail belong to one contact', async () => {
    const { id } = await basicApi.create({ properties: { email: 'Taken@example.com' } });
    const again = basicApi.create({ properties: { email: 'taken@example.com' } });
    expect(await refusal(again)).toMatchObject({
      code: 409,
      body: { category: 'CONFLICT', message: `Contact already exists. Existing ID: ${id}` },
    });
  });

  it('find a contact by e-mail, and update it', async () => {
    const { id } = await basicApi.create({ properties: { email: 'found@example.com' } });
    const byEmail = [undefined, undefined, undefined, false, 'email'] as const;
    expect((await basicApi.getById('found@example.com', ...byEmail)).id).toBe(id);
    const properties = { firstname: 'Found' };
    expect((await basicApi.update('found@example.com', { properties }, 'email')).id).toBe(id);
  });

  it('keep an e-mail as batch update’s id from changing anything', async () => {
    const { id } = await basicApi.create({ properties: { email: 'batch@example.com' } });
    const inputs = [{ id: 'batch@example.com', properties: { firstname: 'Lost' } }];
    await batchApi.update({ inputs }).catch(() => undefined);
    expect((await basicApi.getById(id, ['firstname'])).properties['firstname']).toBeNull();
  });

  it('move the lifecycle stage forward only, unless it is cleared first', async () => {
    const stage = (lifecyclestage: string) => ({ properties: { lifecyclestage } });
    const { id } = await basicApi.create(stage('customer'));
    const read = async () =>
      (await basicApi.getById(id, ['lifecyclestage'])).properties['lifecyclestage'];
    await basicApi.update(id, stage('lead')).catch(() => undefined);
    expect(await read()).toBe('customer');
    await basicApi.update(id, stage(''));
    await basicApi.update(id, stage('lead'));
    expect(await read()).toBe('lead');
  });

  it('take only options that an enumeration has', async () => {
    const wrong = basicApi.create({ properties: { hs_lead_status: 'Nobody Home' } });
    expect(await refusal(wrong)).toMatchObject({
      code: 400,
      body: { errors: [{ code: 'INVALID_OPTION', context: { propertyName: ['hs_lead_status'] } }] },
    });
  });

  it('are not found by hs_lastmodifieddate, without a word', async () => {
    await basicApi.create({ properties: { firstname: 'Somebody' } });
    const filter = (propertyName: string) => ({
      filterGroups: [{ filters: [{ propertyName, operator: FilterOperatorEnum.Gt, value: '0' }] }],
    });
    expect((await searchApi.doSearch(filter('lastmodifieddate'))).total).toBeGreaterThan(0);
    expect((await searchApi.doSearch(filter('hs_lastmodifieddate'))).total).toBe(0);
  });
});
