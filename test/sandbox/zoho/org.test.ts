import { describe, expect, it } from 'vitest';
import { startCaller } from './caller.ts';

const { sandbox, call } = await startCaller({
  orgOptions: { edition: 'professional', timeZone: 'Asia/Kolkata', homeCurrency: 'INR' },
});
const { org } = sandbox;

describe('users', () => {
  const emails = async (type: string) => {
    const { status, body } = await call('GET', `/crm/v8/users?type=${type}`);
    return status === 204 ? [] : body;
  };

  it('are whoever holds the token, all, or those who left', async () => {
    const current = { email: org.users.current.email, profile: { name: 'Administrator' } };
    expect(await emails('CurrentUser')).toMatchObject({ users: [current], info: { count: 1 } });
    expect(await emails('DeactiveUsers')).toEqual([]);
    org.users.add({
      ...{ firstName: 'Left', lastName: 'Long ago', email: 'left@sandbox.invalid' },
      isActive: false,
    });
    expect(await emails('DeactiveUsers')).toMatchObject({ users: [{ status: 'disabled' }] });
    expect(await emails('AllUsers')).toMatchObject({ info: { count: 3 } });
  });

  it('have the zone in which their times are shown', async () => {
    const { body } = await call('GET', `/crm/v8/users/${org.users.current.id}`);
    expect(body).toMatchObject({ users: [{ time_zone: 'Asia/Kolkata', offset: 19_800_000 }] });
    expect((await call('GET', '/crm/v8/users/5725767000009999999')).status).toBe(204);
  });
});

describe('the org', () => {
  it('tells the edition as far as its licence does, and whether there are currencies', async () => {
    const { body } = await call('GET', '/crm/v8/org');
    expect(body).toMatchObject({
      org: [
        {
          ...{ iso_code: 'INR', currency: 'Indian Rupee', mc_status: false },
          ...{ time_zone: 'Asia/Kolkata', zgid: org.options.zgid },
          license_details: { paid: true, paid_type: 'professional', users_license_purchased: 10 },
        },
      ],
    });
  });

  it('of an edition without currencies has neither the fields nor a second currency', async () => {
    const { text } = await call('GET', '/crm/v8/settings/fields?module=Deals');
    expect(text).not.toContain('Exchange_Rate');
    const currencies = [{ iso_code: 'EUR', exchange_rate: '0.011000000' }];
    const answer = await call('POST', '/crm/v8/org/currencies', { currencies });
    expect(answer).toMatchObject({
      ...{ status: 400, body: { currencies: [{ code: 'FEATURE_NOT_ENABLED' }] } },
    });
  });

  it('of an edition with them gets one, and another rate of it', async () => {
    const other = await startCaller({ orgOptions: { edition: 'enterprise' } });
    const path = '/crm/v8/org/currencies';
    const euro = { iso_code: 'EUR', exchange_rate: '0.860000000' };
    expect((await other.call('POST', path, { currencies: [euro] })).status).toBe(201);
    expect((await other.call('POST', path, { currencies: [euro] })).status).toBe(400);
    const { currencies, schema } = other.sandbox.org;
    const id = currencies.all().find(({ iso }) => iso === 'EUR')?.id;
    await other.call('PUT', path, { currencies: [{ id, exchange_rate: '0.9' }] });
    expect(currencies.rateAt('EUR')).toBe(0.9);
    const values = schema.field('Deals', 'Currency')?.pickList.map((each) => each.actualValue);
    expect(values).toEqual(['USD', 'EUR']);
    const odd = { id, exchange_rate: 0.9 };
    expect((await other.call('PUT', path, { currencies: [odd] })).status).toBe(400);
  });
});

describe('custom views', () => {
  it('are made by people alone', async () => {
    const path = '/crm/v8/settings/custom_views?module=Contacts';
    const answer = await call('POST', path, { custom_views: [{ name: 'Mine' }] });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    const view = { name: 'Champions', fields: ['Email'], criteria: [] };
    const { id } = org.customViews.create('Contacts', view);
    expect((await call('GET', path)).body).toMatchObject({
      ...{ custom_views: [{ name: 'All Contacts' }, { id, name: 'Champions' }] },
      info: { count: 2 },
    });
    const one = `/crm/v8/settings/custom_views/${id}?module=Deals`;
    expect((await call('GET', one)).status).toBe(400);
  });
});

describe('a module', () => {
  it('keeps its api name under another label', async () => {
    org.catalog.rename('Deals', { singular: 'Opportunity', plural: 'Opportunities' });
    const { body } = await call('GET', '/crm/v8/settings/modules/Deals');
    expect(body).toMatchObject({ modules: [{ api_name: 'Deals', plural_label: 'Opportunities' }] });
  });

  it('that does not exist is refused', async () => {
    const { body } = await call('GET', '/crm/v8/settings/modules/Potentials');
    expect(body).toMatchObject({ code: 'INVALID_MODULE' });
    const features = await call('GET', '/crm/v8/__features?module=Potentials');
    expect(features.body).toMatchObject({ code: 'INVALID_MODULE' });
  });
});
