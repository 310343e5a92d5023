import { AssociationTypes } from '@hubspot/api-client';
import { AssociationSpecAssociationCategoryEnum as Category } from '@hubspot/api-client/lib/codegen/crm/associations/v4/models/AssociationSpec.js';
import { describe, expect, it } from 'vitest';
import { provesItsClaims, refusal, startConformance } from './conformance.ts';

const { client, called } = await startConformance();
const { basicApi, batchApi } = client.crm.associations.v4;
const { definitionsApi } = client.crm.associations.v4.schema;

const newContact = async () => (await client.crm.contacts.basicApi.create({ properties: {} })).id;
const newDeal = async () => (await client.crm.deals.basicApi.create({ properties: {} })).id;
const newCompany = async () => (await client.crm.companies.basicApi.create({ properties: {} })).id;
const newDeals = (count: number) => Promise.all(Array.from({ length: count }, newDeal));
const spec = (associationTypeId: number) => ({
  associationCategory: Category.HubspotDefined,
  associationTypeId,
});
const targetsOf = async (deal: string) =>
  (await basicApi.getPage('deals', deal, 'contacts')).results.map((to) => String(to.toObjectId));

describe('one association', () => {
  it('is made, seen from both sides by its own type ids, and ended', async () => {
    const [deal, contact] = [await newDeal(), await newContact()];
    const made = await basicApi.create('deals', deal, 'contacts', contact, [
      spec(AssociationTypes.dealToContact),
    ]);
    expect(made).toMatchObject({ fromObjectTypeId: '0-3', toObjectTypeId: '0-1' });
    const [to] = (await basicApi.getPage('deals', deal, 'contacts')).results;
    // Typed as a string, and a number on the wire (README 15).
    expect(to?.toObjectId).toBe(Number(contact));
    expect(to?.associationTypes).toMatchObject([{ category: 'HUBSPOT_DEFINED', typeId: 3 }]);
    const [from] = (await basicApi.getPage('contact', contact, '0-3')).results;
    expect(from?.associationTypes).toMatchObject([{ category: 'HUBSPOT_DEFINED', typeId: 4 }]);
    await basicApi.archive('deals', deal, 'contacts', contact);
    expect(await targetsOf(deal)).toEqual([]);
  });

  it('takes the default type when none is named', async () => {
    const [deal, contact] = [await newDeal(), await newContact()];
    const { results } = await basicApi.createDefault('deals', deal, 'contacts', contact);
    expect(results.map(({ associationSpec }) => associationSpec.associationTypeId)).toContain(3);
    expect(await targetsOf(deal)).toEqual([contact]);
  });

  it('is refused for a type that links other things', async () => {
    const [deal, contact] = [await newDeal(), await newContact()];
    const call = basicApi.create('deals', deal, 'contacts', contact, [spec(4)]);
    expect((await refusal(call)).code).toBe(400);
  });

  it('comes with the record when it is asked for', async () => {
    const [deal, contact] = [await newDeal(), await newContact()];
    await basicApi.createDefault('deals', deal, 'contacts', contact);
    const read = await client.crm.deals.basicApi.getById(deal, [], [], ['contacts']);
    expect(read.associations?.['contacts']?.results).toEqual([
      { id: contact, type: 'deal_to_contact' },
    ]);
  });

  it('is paged by the target’s id', async () => {
    const contact = await newContact();
    const deals = await newDeals(5);
    for (const deal of deals) await basicApi.createDefault('contacts', contact, 'deals', deal);
    const first = await basicApi.getPage('contacts', contact, 'deals', undefined, 3);
    const next = first.paging?.next?.after;
    const rest = await basicApi.getPage('contacts', contact, 'deals', next, 3);
    const seen = [...first.results, ...rest.results].map((to) => String(to.toObjectId));
    expect(seen.toSorted()).toEqual(deals.toSorted());
    expect(rest.paging?.next).toBeUndefined();
  });
});

describe('a thousand associations', () => {
  it('are made and read by one call each, with each input’s own answer', async () => {
    const [contact, ...deals] = [await newContact(), ...(await newDeals(3))];
    const inputs = deals.map((deal) => ({
      ...{ _from: { id: deal }, to: { id: contact } },
      types: [spec(AssociationTypes.dealToContact)],
    }));
    expect((await batchApi.create('deals', 'contacts', { inputs })).results).toHaveLength(3);
    const read = await batchApi.getPage('deals', 'contacts', {
      inputs: deals.map((id) => ({ id })),
    });
    const pairs = read.results.map(({ _from, to }) => [_from.id, String(to[0]?.toObjectId)]);
    expect(pairs.toSorted()).toEqual(deals.map((deal) => [deal, contact]).toSorted());
  });

  it('are made by default, and ended', async () => {
    const [contact, deal] = [await newContact(), await newDeal()];
    const pair = { _from: { id: deal }, to: { id: contact } };
    await batchApi.createDefault('deals', 'contacts', { inputs: [pair] });
    expect(await targetsOf(deal)).toEqual([contact]);
    const inputs = [{ _from: { id: deal }, to: [{ id: contact }] }];
    await batchApi.archive('deals', 'contacts', { inputs });
    expect(await targetsOf(deal)).toEqual([]);
  });

  it('refuse the thousand and first to read, and the two thousand and first to make', async () => {
    const ids = Array.from({ length: 2_001 }, (_, index) => ({ id: String(index + 1) }));
    const pairs = ids.map((id) => ({ _from: id, to: id, types: [spec(3)] }));
    const read = batchApi.getPage('deals', 'contacts', { inputs: ids.slice(0, 1_001) });
    expect((await refusal(read)).code).toBe(400);
    expect((await refusal(batchApi.create('deals', 'contacts', { inputs: pairs }))).code).toBe(400);
  });
});

describe('labels', () => {
  it('are defined in both directions, renamed, and removed', async () => {
    const definition = { name: 'buyer', label: 'Buyer', inverseLabel: 'Bought' };
    const { results } = await definitionsApi.create('deals', 'contacts', definition);
    const typeId = results.find(({ label }) => label === 'Buyer')?.typeId ?? 0;
    await definitionsApi.update('deals', 'contacts', { associationTypeId: typeId, label: 'Payer' });
    const labels = async () =>
      (await definitionsApi.getAll('deals', 'contacts')).results.map(({ label }) => label ?? null);
    expect(await labels()).toEqual(expect.arrayContaining([null, 'Payer']));
    await definitionsApi.remove('deals', 'contacts', typeId);
    expect(await labels()).toEqual([null]);
  });

  it('stand beside the plain association, which stays when they are taken off', async () => {
    const [deal, company] = [await newDeal(), await newCompany()];
    const pair = { _from: { id: deal }, to: { id: company }, types: [spec(5)] };
    await batchApi.create('deals', 'companies', { inputs: [pair] });
    const types = async () =>
      (await basicApi.getPage('deals', deal, 'companies')).results[0]?.associationTypes.map(
        ({ typeId }) => typeId,
      );
    expect((await types())?.toSorted()).toEqual([341, 5].toSorted());
    await batchApi.archiveLabels('deals', 'companies', { inputs: [pair] });
    expect(await types()).toEqual([341]);
  });

  it('make one company the primary one', async () => {
    const [deal, first, second] = [await newDeal(), await newCompany(), await newCompany()];
    for (const company of [first, second])
      await basicApi.create('deals', deal, 'companies', company, [
        spec(AssociationTypes.primaryDealToCompany),
      ]);
    const { results } = await basicApi.getPage('deals', deal, 'companies');
    const primary = results.filter((to) => to.associationTypes.some(({ typeId }) => typeId === 5));
    expect(primary.map((to) => String(to.toObjectId))).toEqual([second]);
    expect(results).toHaveLength(2);
  });
});

provesItsClaims('associations', called);
