import { describe, expect, it, onTestFinished } from 'vitest';
import { tellDirection } from '../../../connectors/zoho/exchange-direction.ts';
import type { Finding } from '../../../src/connector/account.ts';
import type { ProvisionRequest } from '../../../src/connector/provision.ts';
import { sampleFields, sampleRequest } from '../../contract/provision-samples.ts';
import { impatientClock } from '../kit/impatient-clock.ts';
import { type OrgSetup, type OrgUnderTest, startOrg } from './org-under-test.ts';

const signal = new AbortController().signal;

async function started(setup: OrgSetup = {}): Promise<OrgUnderTest> {
  const org = await startOrg({ contacts: 40, deals: 90, ...setup });
  onTestFinished(async () => {
    await org.close();
  });
  return org;
}

async function findings(
  org: OrgUnderTest,
  request: ProvisionRequest = sampleRequest,
): Promise<readonly Finding[]> {
  return await org.open().doctor(request, signal);
}

function faults(found: readonly Finding[]): readonly Finding[] {
  return found.filter(({ status }) => status !== 'ok');
}

function of(check: string, found: readonly Finding[]): readonly Finding[] {
  return found.filter((finding) => finding.check === check);
}

const tierOf = ({ sandbox }: OrgUnderTest) => {
  const field = sandbox.org.schema.field('Contacts', 'Assay_Value_Tier');
  if (field === undefined) throw new Error('There is no tier');
  return field;
};

async function provisioned(setup: OrgSetup = {}): Promise<OrgUnderTest> {
  const org = await started(setup);
  await org.open().provision(sampleRequest, signal);
  return org;
}

describe('the doctor', () => {
  it('finds nothing to do in an org that is as it should be', async () => {
    const org = await provisioned();
    const found = await findings(org);
    expect(faults(found)).toEqual([]);
    for (const check of ['token', 'data centre', 'edition', 'credits', 'profile', 'won on'])
      expect(of(check, found)).toMatchObject([{ status: 'ok' }]);
    expect(of('stages', found)[0]?.message).toContain('Closed Won');
    expect(of('edition', found)[0]?.message).toContain('20 calls at once of which we use 20');
  });

  it('costs few credits', async () => {
    const org = await provisioned();
    const connector = org.open();
    await connector.doctor(sampleRequest, signal);
    expect(connector.usage().spent).toBeLessThanOrEqual(30);
  });

  it('ends at a token that Zoho does not renew, and says what to do', async () => {
    const org = await started();
    const connector = org.opened({ secrets: { REFRESH: 'gone' }, clock: impatientClock() });
    const found = await connector.doctor(sampleRequest, signal);
    expect(found).toMatchObject([
      { check: 'token', status: 'problem', todo: expect.stringContaining('refresh token') },
    ]);
  });

  it('names each scope that is missing with the call that needs it', async () => {
    const org = await started();
    const effect = { kind: 'scopeMismatch' } as const;
    const match = { path: '/coql$|/settings/pipeline|/bulk/v8/write' };
    org.sandbox.faults.add([{ match, probability: 1, times: 3, effect }]);
    const found = faults(of('scopes', await findings(org)));
    expect(found.map(({ status }) => status)).toEqual(['problem', 'warning', 'problem']);
    expect(found[0]?.message).toMatch(/reading what changed: .*POST \/crm\/v8\/coql.*coql\.READ/);
    expect(found[1]?.message).toContain('PUT');
    expect(found[2]?.todo).toContain('ZohoCRM.settings.pipeline.READ');
  });

  it('tries composite calls only where deals need them', async () => {
    const org = await started({ settings: { dealContacts: 'roles' } });
    const named = of('scopes', await findings(org)).map(({ message }) => message);
    expect(named.join()).toContain('ZohoCRM.composite_requests.CUSTOM, for contact roles');
    const plain = of(
      'scopes',
      await org.opened({ settings: { dealContacts: 'primary' } }).doctor(sampleRequest, signal),
    );
    expect(plain.map(({ message }) => message).join()).not.toContain('composite');
  });

  it('warns of a user that is no administrator', async () => {
    const org = await started();
    const { current } = org.sandbox.org.users;
    const effect = { kind: 'reply', status: 403, when: 'before', headers: {} } as const;
    expect(current.profile.name).toBe('Administrator');
    const body = { code: 'NO_PERMISSION', details: { permissions: ['x'] }, message: 'no' };
    const match = { path: '/users$' };
    org.sandbox.faults.add([{ match, probability: 1, times: 1, effect: { ...effect, body } }]);
    expect(of('profile', await findings(org))).toMatchObject([{ status: 'problem' }]);
  });
});

describe('inputs', () => {
  it('that are hidden from the token’s user are told apart from empty ones', async () => {
    const org = await started();
    const { schema } = org.sandbox.org;
    schema.hide('Contacts', schema.field('Contacts', 'Mailing_Country')?.id ?? '', true);
    const [found] = faults(of('inputs', await findings(org)));
    expect(found).toMatchObject({ status: 'problem', todo: expect.stringContaining('profile') });
    expect(found?.message).toContain('FIELD_HIDDEN: country is read from Contacts.Mailing_Country');
  });

  it('of deals are looked at in Deals', async () => {
    const org = await started({ settings: { fields: { deal: { dueOn: 'Due', wonOn: 'Stage' } } } });
    const found = await findings(org);
    expect(faults(of('inputs', found))).toMatchObject([
      { message: expect.stringContaining('deal.dueOn is read from Deals.Due') },
    ]);
    expect(of('won on', found)[0]?.message).toContain('not a date');
  });
});

describe('our fields', () => {
  it('that were not made yet are named', async () => {
    const found = of('fields', await findings(await started()));
    expect(found).toHaveLength(6);
    expect(found[0]?.message).toContain('“Assay Run”: FIELD_MISSING: it was not made yet');
  });

  it('that a person renamed are still ours', async () => {
    const org = await provisioned();
    org.sandbox.org.schema.update('Contacts', tierOf(org).id, { label: 'Customer class' });
    const found = await findings(org);
    expect(faults(found)).toEqual([]);
    expect(of('fields', found).map(({ message }) => message)).toContain(
      '“Assay Value Tier” is called “Customer class” today, and still ours',
    );
  });

  it('that a person deleted or hid are told', async () => {
    const org = await provisioned();
    org.sandbox.org.schema.delete('Contacts', tierOf(org).id);
    expect(faults(of('fields', await findings(org)))).toMatchObject([
      { status: 'problem', message: expect.stringContaining('somebody deleted it, or hides it') },
    ]);
  });

  it('without one of our values are told', async () => {
    const org = await provisioned();
    const fields = sampleFields.map((field) => {
      if (field.kind !== 'choice') return field;
      return { ...field, options: [...field.options, { value: 'platinum', label: 'Platinum' }] };
    });
    expect(faults(of('fields', await findings(org, { ...sampleRequest, fields })))).toMatchObject([
      { message: expect.stringContaining('FIELD_OPTION_MISSING: platinum') },
    ]);
  });

  it('of another type are told', async () => {
    const org = await provisioned();
    const text = sampleFields.map((field) =>
      field.key === 'last_order_on' ? { ...field, key: 'net_amount' as const } : field,
    );
    const ids = new Map(await org.memory.fieldIds.load());
    ids.set('net_amount', ids.get('last_order_on') ?? '');
    await org.memory.fieldIds.save(ids);
    const found = faults(of('fields', await findings(org, { ...sampleRequest, fields: text })));
    expect(found[0]?.message).toContain('FIELD_RETYPED: date, not double');
  });

  it('for which there is no room are told before anybody tries', async () => {
    const org = await started({ org: { customFieldLimit: 9 } });
    expect(of('custom fields', await findings(org))).toMatchObject([
      { status: 'problem', todo: expect.stringContaining('edition') },
    ]);
  });
});

describe('deals', () => {
  it('cannot be won where no stage has the forecast type', async () => {
    const org = await started();
    org.sandbox.org.pipelines.setForecast('Closed Won', 'Open');
    expect(of('stages', await findings(org))).toMatchObject([{ status: 'problem' }]);
  });

  it('are won by a stage of whatever name', async () => {
    const org = await started();
    org.sandbox.org.pipelines.renameStage('Closed Won', 'Gewonnen');
    const [stages] = of('stages', await findings(org));
    expect(stages).toMatchObject({ status: 'ok', message: expect.stringContaining('Gewonnen') });
  });

  it('with a day to come are warned of, unless the stage history says when', async () => {
    const org = await started();
    const [id = ''] = org.liveIds('deals');
    const closes = { Stage: 'Closed Won', Closing_Date: '2031-05-01' };
    await org.call('PUT', '/Deals', { data: [{ id, ...closes }], trigger: [] });
    const [found] = of('won on', await findings(org));
    expect(found).toMatchObject({
      status: 'warning',
      todo: expect.stringContaining('stage-history'),
    });
    const fields = { deal: { wonOn: 'stage-history' } };
    const told = await org.opened({ settings: { fields } }).doctor(sampleRequest, signal);
    expect(of('won on', told)).toMatchObject([{ status: 'ok' }]);
  });

  it('are held against a day’s credits where each is asked about', async () => {
    const fields = { deal: { wonOn: 'stage-history' } };
    const settings = { fields, dealContacts: 'roles', creditShare: 0.001 };
    const org = await started({ contacts: 20, deals: 60 });
    const told = await org.opened({ settings }).doctor(sampleRequest, signal);
    expect(of('credits', told)).toContainEqual(
      expect.objectContaining({
        status: 'warning',
        message: expect.stringMatching(/^contact roles and stage history of \d+ won deals cost/),
      }),
    );
    const ample = await org.opened({ settings: { fields } }).doctor(sampleRequest, signal);
    expect(of('credits', ample)).toMatchObject([{ status: 'ok' }]);
  });

  it('that belong to nobody are counted', async () => {
    const org = await started();
    const [id = ''] = org.liveIds('deals');
    const alone = { Stage: 'Closed Won', Contact_Name: null };
    await org.call('PUT', '/Deals', { data: [{ id, ...alone }], trigger: [] });
    expect(of('deals', await findings(org))).toMatchObject([
      { status: 'warning', message: expect.stringContaining('have no Contact_Name') },
    ]);
  });
});

describe('exchange rates', () => {
  async function withRates(rates: Readonly<Record<string, number>>, setup: OrgSetup = {}) {
    const org = await started(setup);
    for (const [iso, rate] of Object.entries(rates)) org.sandbox.org.currencies.add(iso, rate);
    return of('exchange rates', await findings(org));
  }

  it('need no look in an org of one currency', async () => {
    expect(await withRates({}, { org: { edition: 'professional' } })).toMatchObject([
      { status: 'ok', message: expect.stringContaining('all amounts are in') },
    ]);
  });

  it('point the way that a currency far from home tells', async () => {
    const [found] = await withRates({ JPY: 191.2, EUR: 1.17 });
    expect(found).toMatchObject({ status: 'ok' });
    expect(found?.message).toContain('units of it for one of home: the rate of JPY 191.2');
  });

  it('that point the other way are a problem until the settings say so', async () => {
    const [found] = await withRates({ JPY: 0.0053 });
    expect(found).toMatchObject({ status: 'problem', todo: expect.stringContaining('per-unit') });
    const settings = { exchangeRates: 'per-unit' };
    const [told] = await withRates({ JPY: 0.0053 }, { settings });
    expect(told).toMatchObject({ status: 'ok' });
  });

  it('of a currency near home cannot be told, and that is said', async () => {
    const [found] = await withRates({ EUR: 1.17 });
    expect(found).toMatchObject({ status: 'warning', message: expect.stringContaining('cannot') });
  });

  it('are told by world knowledge only where that is certain', () => {
    const tell = (home: string, currency: string, rate: number) =>
      tellDirection(home, [{ currency, rate }]).direction;
    expect(tell('USD', 'JPY', 150)).toBe('per-home');
    expect(tell('EUR', 'CNY', 0.128)).toBe('per-unit');
    expect(tell('CNY', 'EUR', 0.128)).toBe('per-home');
    expect(tell('USD', 'GBP', 0.77)).toBeNull();
    expect(tell('USD', 'XXX', 5)).toBeNull();
    expect(tell('USD', 'JPY', 1)).toBeNull();
    const torn = [
      { currency: 'JPY', rate: 150 },
      { currency: 'INR', rate: 0.0118 },
    ];
    expect(tellDirection('USD', torn).direction).toBeNull();
  });
});

describe('lists', () => {
  it('as tags are held against the caps of the module and of a record', async () => {
    const setup = { settings: { lists: 'tags' }, org: { edition: 'standard' } } as const;
    const org = await started(setup);
    const lists = Array.from({ length: 25 }, (_, at) => {
      return { key: `l${at}`, name: `List ${at}`, field: 'value_tier', values: ['gold'] } as const;
    });
    const found = of('tags', await findings(org, { ...sampleRequest, lists }));
    expect(found.map(({ status }) => status)).toEqual(['problem', 'warning']);
    expect(found[0]?.message).toContain('of 20 tags');
  });

  it('that a person deleted are told', async () => {
    const org = await started({ settings: { lists: 'tags' } });
    const { lists } = await org.open().provision(sampleRequest, signal);
    await org.deleteList(lists[0]?.crmId ?? '');
    const found = of('lists', await findings(org, { ...sampleRequest, knownLists: lists }));
    expect(found).toMatchObject([{ message: expect.stringContaining('LIST_DELETED') }]);
  });
});

describe('what the org lets us use', () => {
  it('is warned of when the settings’ data centre or edition is another', async () => {
    const org = await started({ settings: { edition: 'ultimate' } });
    expect(of('edition', await findings(org))).toMatchObject([{ status: 'warning' }]);
  });

  it('includes the bulk APIs or says that they may be missing', async () => {
    const org = await started({ org: { edition: 'free', customFieldLimit: 50 } });
    expect(of('bulk', await findings(org))).toMatchObject([{ status: 'warning' }]);
  });

  it('is warned of when the org’s credits are nearly used up', async () => {
    const org = await started({ settings: { creditShare: 1 } });
    org.sandbox.limits.change({ mode: 'on', usedBefore: 58_000 });
    expect(of('credits', await findings(org))).toMatchObject([{ status: 'warning' }]);
  });
});
