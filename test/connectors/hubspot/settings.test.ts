import { describe, expect, it } from 'vitest';
import { changeGroups, markersPerSearch } from '../../../connectors/hubspot/changes-query.ts';
import { hubspot } from '../../../connectors/hubspot/connector.ts';
import { ownFields } from '../../../connectors/hubspot/fields.ts';
import { customerMapping } from '../../../connectors/hubspot/mapping.ts';
import { customerKind } from '../../../connectors/hubspot/object-kind.ts';
import { fitsSearch } from '../../../connectors/hubspot/search.ts';
import { parseHubSpotSettings } from '../../../connectors/hubspot/settings.ts';
import { sampleFields } from '../../contract/provision-samples.ts';
import { thrownBy } from '../kit/thrown-by.ts';

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

  it('map attributes by name, and no opt-out unless asked', () => {
    const { fields } = parseHubSpotSettings({
      token: 'T',
      fields: { attributes: { trade: 'industry' } },
    });
    expect(fields.attributes).toEqual({ trade: 'industry' });
    expect(fields.optOut).toBeNull();
    expect(() =>
      parseHubSpotSettings({ token: 'T', fields: { attributes: { 'A b': 'x' } } }),
    ).toThrow('fields.attributes');
  });

  it.each([{ religion: 'belief' }, { origin: 'ethnicity' }, { note: 'gender' }])(
    'refuse the sensitive attribute %j, whichever side names it',
    (attributes) => {
      const error = thrownBy(() => parseHubSpotSettings({ token: 'T', fields: { attributes } }));
      expect(error).toMatchObject({ code: 'SETTINGS_INVALID' });
      expect(String(error)).toContain('sensitive');
    },
  );
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

  it('may ask for every property at once, or for none but the id', () => {
    const { fields, fieldPrefix } = parseHubSpotSettings({ token: 'T' });
    const own = ownFields(fieldPrefix, sampleFields);
    const { properties } = customerMapping({ subject: 'contact', kind, fields, own });
    const groups = changeGroups(kind, own.marker, { ...cursor, skip: [...cursor.skip] });
    expect(fitsSearch({ groups, properties, limit: 200 })).toBe(true);
    const many = Array.from({ length: 50 }, (_, at) => `${'p'.repeat(50)}${at}`);
    expect(fitsSearch({ groups, properties: many, limit: 200 })).toBe(false);
    const longest = changeGroups(kind, `p${'_'.repeat(29)}run`, {
      ...cursor,
      skip: [...cursor.skip],
    });
    expect(fitsSearch({ groups: longest, limit: 200 })).toBe(true);
  });
});

describe('our fields', () => {
  it('have the names that the policy gives them, behind the prefix', () => {
    const own = ownFields('assay_', sampleFields);
    expect(own.nameOf('net_amount')).toBe('assay_net_spend');
    expect(own.names).toHaveLength(sampleFields.length);
  });

  it('may not take the marker’s place', () => {
    const field = { key: 'rfm', name: 'run' } as const;
    expect(() => ownFields('assay_', [field])).toThrow('assay_run');
  });
});
