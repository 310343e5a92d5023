import { describe, expect, it } from 'vitest';
import { changeGroups, markersPerSearch } from '../../../connectors/hubspot/changes-query.ts';
import { hubspot } from '../../../connectors/hubspot/connector.ts';
import { ownFields } from '../../../connectors/hubspot/fields.ts';
import { customerMapping } from '../../../connectors/hubspot/mapping.ts';
import { customerKind } from '../../../connectors/hubspot/object-kind.ts';
import { parseHubSpotSettings } from '../../../connectors/hubspot/settings.ts';
import { thrownBy } from './thrown-by.ts';

const oauth = {
  kind: 'oauth',
  clientIdEnv: 'ID',
  clientSecretEnv: 'SECRET',
  refreshTokenEnv: 'REFRESH',
};

describe('settings', () => {
  it('need nothing but the name of a token', () => {
    expect(parseHubSpotSettings({ token: 'HUBSPOT_TOKEN' })).toMatchObject({
      auth: { kind: 'token', tokenEnv: 'HUBSPOT_TOKEN' },
      ...{ apiVersion: '2026-03', baseUrl: 'https://api.hubapi.com', plan: 'auto' },
      ...{ rateShare: 0.8, dailyShare: 0.5, fieldPrefix: 'assay_', lists: 'static' },
      fields: { externalId: 'external_id', deal: { reference: 'invoice_number' } },
    });
  });

  it('name the secrets they point to', () => {
    expect(hubspot.secretNames({ token: 'T' })).toEqual(['T']);
    expect(hubspot.secretNames({ auth: oauth })).toEqual(['ID', 'SECRET', 'REFRESH']);
  });

  it('are refused with every problem at once', () => {
    const error = thrownBy(() =>
      parseHubSpotSettings({
        ...{ token: 'T', auth: oauth, apiVersion: 'v3', rateShare: 2, colour: 'red' },
        fields: { birthday: 'Geburtstag!' },
      }),
    );
    expect(error).toMatchObject({ code: 'SETTINGS_INVALID', disposition: 'refuse-to-start' });
    for (const part of ['apiVersion', 'rateShare', 'colour', 'fields.birthday'])
      expect(String(error)).toContain(part);
  });

  it('refuse a secret in place of its name, and do not show it', () => {
    const error = thrownBy(() => parseHubSpotSettings({ token: 'pat-eu1-0a1b-secret' }));
    expect(String(error)).toContain('settings.token: must be the name of an environment variable');
    expect(String(error)).not.toContain('pat-');
  });

  it('say that a token is needed, and that one is enough', () => {
    expect(() => parseHubSpotSettings(undefined)).toThrow('either `token`');
    expect(() => parseHubSpotSettings({ token: 'T', auth: oauth })).toThrow('either `token`');
  });

  it('can switch an input off', () => {
    const { fields } = parseHubSpotSettings({ token: 'T', fields: { country: null } });
    expect(fields.country).toBeNull();
  });
});

describe('the search for changes', () => {
  const kind = customerKind('contact');
  const cursor = {
    kind: 'changes',
    from: '2026-11-22T00:00:00.000Z',
    until: '2026-11-22T10:00:00.000Z',
    above: '123456789012345',
    skip: Array.from({ length: markersPerSearch }, (_, run) => ({
      marker: `01jd${run}xxxxxxxxxxxxxxxxxxxx`,
      lastAt: '2026-11-22T05:00:00.000Z',
    })),
  } as const;

  it('stays within the groups and filters that HubSpot takes', () => {
    const groups = changeGroups(kind, 'assay_run', { ...cursor, skip: [...cursor.skip] });
    expect(groups.length).toBeLessThanOrEqual(5);
    expect(groups.flat().length).toBeLessThanOrEqual(18);
    for (const filters of groups) expect(filters.length).toBeLessThanOrEqual(6);
  });

  it('stays below 3,000 characters with the longest names the settings let through', () => {
    const long = (letter: string) => letter.repeat(59);
    const { fields, fieldPrefix } = parseHubSpotSettings({
      token: 'T',
      fieldPrefix: `p${'_'.repeat(29)}`,
      fields: {
        ...{ externalId: long('a'), birthday: long('b'), referredBy: long('c') },
        ...{ eventsInvited: long('d'), eventsAttended: long('e'), country: long('f') },
        ...{ email: long('g'), name: [long('h'), long('i'), long('j')] },
      },
    });
    const own = ownFields(fieldPrefix);
    const { properties } = customerMapping({ subject: 'contact', kind, fields, own });
    const groups = changeGroups(kind, own.marker, { ...cursor, skip: [...cursor.skip] });
    const filterGroups = groups.map((filters) => ({ filters }));
    const sorts = [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }];
    const body = JSON.stringify({ filterGroups, sorts, properties, limit: 200 });
    expect(body.length).toBeLessThan(3_000);
  });
});
