import { describe, expect, it } from 'vitest';
import { hostsOf } from '../../../connectors/zoho/data-centres.ts';
import { dailyCredits, editionOf } from '../../../connectors/zoho/editions.ts';
import { parseZohoSettings, secretNames } from '../../../connectors/zoho/settings.ts';
import { inputsOf } from '../../../connectors/zoho/settings-fields.ts';
import { thrownBy } from '../kit/thrown-by.ts';

const auth = { clientIdEnv: 'ID', clientSecretEnv: 'SECRET', refreshTokenEnv: 'REFRESH' };

describe('settings', () => {
  it('need nothing but the names of the client’s secrets', () => {
    expect(parseZohoSettings({ auth })).toMatchObject({
      auth: { kind: 'oauth', ...auth },
      ...{ dataCentre: 'us', environment: 'production', edition: 'auto' },
      ...{ concurrencyShare: 0.6, creditShare: 0.5, fieldPrefix: 'Assay ', lists: 'fields' },
      ...{ dealContacts: 'primary', lookbackMs: 300_000, reconcileDays: 7, exchangeRates: 'auto' },
      fields: { externalId: null, deal: { reference: null, wonOn: 'Closing_Date' } },
    });
    expect(secretNames(parseZohoSettings({ auth }))).toEqual(['ID', 'SECRET', 'REFRESH']);
  });

  it('are refused with every problem at once', () => {
    const error = thrownBy(() =>
      parseZohoSettings({
        ...{
          auth,
          dataCentre: 'uk',
          creditShare: 2,
          colour: 'red',
          fieldPrefix: 'far too long a one',
        },
        fields: { birthday: 'Geburts tag!' },
      }),
    );
    expect(error).toMatchObject({ code: 'SETTINGS_INVALID', disposition: 'refuse-to-start' });
    for (const part of ['dataCentre', 'creditShare', 'colour', 'fieldPrefix', 'fields.birthday'])
      expect(String(error)).toContain(part);
  });

  it('refuse a secret in place of its name, and do not show it', () => {
    const refreshTokenEnv = '1000.8b5c2f1e.9d0a';
    const error = thrownBy(() => parseZohoSettings({ auth: { ...auth, refreshTokenEnv } }));
    expect(String(error)).toContain('must be the name of an environment variable');
    expect(String(error)).not.toContain('1000.');
  });

  it.each(['a1b2c3d4e5f60718293a4b5c6d7e8f901234567890', 'ABCDEF0123456789ABCDEF0123456789'])(
    'refuse the client’s secret %s too, which might be a name by its letters',
    (clientSecretEnv) => {
      const error = thrownBy(() => parseZohoSettings({ auth: { ...auth, clientSecretEnv } }));
      expect(String(error)).toContain('must be the name of an environment variable');
      expect(String(error)).not.toContain(clientSecretEnv);
    },
  );

  it('take long names of variables', () => {
    const clientSecretEnv = 'ZOHO_WHOLESALE_EU_ORG20087654321_CLIENT_SECRET_2';
    expect(parseZohoSettings({ auth: { ...auth, clientSecretEnv } }).auth).toMatchObject({
      clientSecretEnv,
    });
  });

  it('say what is missing, and what is wrong with a key', () => {
    const error = thrownBy(() =>
      parseZohoSettings({ dataCentre: 4, fields: { attributes: { Trade: 'Industry' } } }),
    );
    expect(String(error)).toContain('settings.auth: is missing');
    expect(String(error)).toContain('settings.dataCentre: Invalid option');
    expect(String(error)).toContain('attributes.Trade: must be lower-case letters');
  });

  it.each([{ note: 'Gender' }, { religion: 'Belief' }, { origin: 'Customer_Ethnicity' }])(
    'refuse the sensitive attribute %j, whichever side names it',
    (attributes) => {
      const error = thrownBy(() => parseZohoSettings({ auth, fields: { attributes } }));
      expect(String(error)).toContain('sensitive');
    },
  );
});

describe('inputs', () => {
  const of = (subject: 'contact' | 'company', fields = {}) =>
    inputsOf(parseZohoSettings({ auth, fields }).fields, subject);

  it('have Zoho’s standard fields for a contact and for a company', () => {
    expect(of('contact')).toMatchObject({
      ...{ email: 'Email', phone: 'Phone', name: ['First_Name', 'Last_Name'] },
      ...{ country: 'Mailing_Country', birthday: 'Date_of_Birth', optOut: null },
    });
    expect(of('company')).toMatchObject({
      ...{ email: null, phone: 'Phone', name: ['Account_Name'] },
      ...{ country: 'Billing_Country', birthday: null },
    });
  });

  it('can be switched off, and given for either', () => {
    expect(of('contact', { email: null, birthday: null })).toMatchObject({
      ...{ email: null, birthday: null },
    });
    expect(of('company', { email: 'Billing_Email', name: 'Legal_Name' })).toMatchObject({
      ...{ email: 'Billing_Email', name: ['Legal_Name'] },
    });
  });
});

describe('what is known of Zoho', () => {
  it('each data centre has hosts of its own', () => {
    expect(hostsOf('us', 'production')).toEqual({
      api: 'https://www.zohoapis.com',
      accounts: 'https://accounts.zoho.com',
      content: 'https://content.zohoapis.com',
    });
    expect(hostsOf('ca', 'production').accounts).toBe('https://accounts.zohocloud.ca');
    expect(hostsOf('cn', 'developer').api).toBe('https://developer.zohoapis.com.cn');
  });

  it.each([
    ['enterprise', 'enterprise'],
    ['Zoho One', 'enterprise'],
    ['zohoone_flexible', 'enterprise'],
    ['crmplus', 'ultimate'],
    ['professional_trial', 'professional'],
  ])('%s counts as %s', (name, edition) => {
    expect(editionOf(name)).toBe(edition);
  });

  it('an edition with a name of its own is none we know', () => {
    expect(editionOf('bigin')).toBeNull();
  });

  it('credits grow with the licences, up to a cap', () => {
    expect(dailyCredits('free', 3)).toBe(5_000);
    expect(dailyCredits('standard', 10)).toBe(52_500);
    expect(dailyCredits('standard', 1_000)).toBe(100_000);
    expect(dailyCredits('enterprise', 10)).toBe(60_000);
  });
});
