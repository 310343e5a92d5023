import { describe, expect, it } from 'vitest';
import { startConformance } from './conformance.ts';

const { client, sandbox } = await startConformance({
  portalOptions: { companyCurrency: 'GBP', timeZone: 'Europe/London' },
});
sandbox.portal.currencies.setRate('EUR', 0.86);

/** The client knows no dated path; `apiRequest` sends any, and answers with a fetch `Response`. */
async function call(method: string, path: string, body?: unknown) {
  const answer = await client.apiRequest({ method, path, ...(body !== undefined && { body }) });
  const text = await answer.text();
  const parsed: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: answer.status, body: parsed };
}

const newContact = async () => (await client.crm.contacts.basicApi.create({ properties: {} })).id;
const newDeal = async () => (await client.crm.deals.basicApi.create({ properties: {} })).id;

describe.each(['2026-03', '2026-09'])('version %s', (version) => {
  it('has records, one by one, in batches and by search', async () => {
    const deals = `/crm/objects/${version}/deals`;
    const created = await call('POST', deals, { properties: { dealname: version } });
    expect(created).toMatchObject({ status: 201, body: { properties: { dealname: version } } });
    const id = await newDeal();
    const inputs = [{ id, properties: { dealname: 'Dated' } }];
    const updated = await call('POST', `${deals}/batch/update`, { inputs });
    expect(updated).toMatchObject({ status: 200, body: { status: 'COMPLETE', results: [{ id }] } });
    const read = await call('GET', `${deals}/${id}?properties=dealname,amount`);
    expect(read).toMatchObject({ body: { properties: { dealname: 'Dated', amount: null } } });
    const filters = [{ propertyName: 'hs_object_id', operator: 'EQ', value: id }];
    const found = await call('POST', `${deals}/search`, { filterGroups: [{ filters }] });
    expect(found).toMatchObject({ status: 200, body: { total: 1 } });
    expect((await call('DELETE', `${deals}/${id}`)).status).toBe(204);
    expect((await call('GET', `/crm/objects/${version}/0-3/${id}`)).status).toBe(404);
  });

  it('ends associations with a 200 and an answer, where v4 says 204', async () => {
    const [from, to] = [{ id: await newDeal() }, { id: await newContact() }];
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 3 }];
    const pairs = `/crm/associations/${version}/deals/contacts/batch`;
    const made = await call('POST', `${pairs}/create`, { inputs: [{ from, to, types }] });
    expect(made.status).toBe(201);
    const read = await call('POST', `${pairs}/read`, { inputs: [from] });
    expect(read).toMatchObject({
      body: { results: [{ from, to: [{ toObjectId: Number(to.id) }] }] },
    });
    const ended = await call('POST', `${pairs}/archive`, { inputs: [{ from, to: [to] }] });
    expect(ended).toMatchObject({ status: 200, body: { status: 'COMPLETE' } });
    const numbered = '/crm/v4/associations/deals/contacts/batch/archive';
    const again = await call('POST', numbered, { inputs: [{ from, to: [to] }] });
    expect(again.status).toBe(204);
  });

  it.each([
    ['properties', `/crm/properties/${version}/contacts`],
    ['pipelines', `/crm/pipelines/${version}/deals`],
    ['owners', `/crm/owners/${version}`],
    ['currencies', `/settings/currencies/${version}/exchange-rates/current`],
    ['the day’s use', `/account-info/${version}/api-usage/daily/private-apps`],
  ])('has %s', async (_, path) => {
    const { status, body } = await call('GET', path);
    expect({ status, body }).toMatchObject({ status: 200, body: { results: expect.anything() } });
  });

  it('has lists', async () => {
    const input = { name: `In ${version}`, objectTypeId: '0-1', processingType: 'MANUAL' };
    const created = await call('POST', `/crm/lists/${version}`, input);
    expect(created).toMatchObject({ status: 200, body: { list: { name: input.name } } });
    const path = `/crm/lists/${version}/object-type-id/0-1/name/${encodeURIComponent(input.name)}`;
    expect((await call('GET', path)).status).toBe(200);
  });

  it('tells what account this is', async () => {
    expect(await call('GET', `/account-info/${version}/details`)).toMatchObject({
      status: 200,
      body: { companyCurrency: 'GBP', additionalCurrencies: ['EUR'], timeZone: 'Europe/London' },
    });
  });

  it('counts custom properties against their limit', async () => {
    const { status, body } = await call('GET', `/crm/limits/${version}/custom-properties`);
    expect({ status, body }).toMatchObject({ status: 200, body: { overallUsage: 0 } });
  });
});

describe('paths', () => {
  it('may end in a slash, and repeat or join what they ask for', async () => {
    const id = await newContact();
    for (const path of [
      `/crm/v3/objects/contacts/${id}/?properties=email&properties=country`,
      `/crm/v3/objects/contact/${id}?properties=email,country`,
    ])
      expect(await call('GET', path)).toMatchObject({
        status: 200,
        body: { id, properties: { email: null, country: null } },
      });
  });

  it.each([
    '/crm/v2/objects/contacts',
    '/crm/2026-03/objects/contacts',
    '/crm/objects/2025-03/contacts',
    '/crm/v3/no-such-thing',
  ])('that HubSpot does not have are a 404 with JSON: %s', async (path) => {
    const { status, body } = await call('GET', path);
    expect({ status, body }).toMatchObject({ status: 404, body: { status: 'error' } });
  });
});
