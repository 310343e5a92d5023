import { describe, expect, it } from 'vitest';
import { flatRecord } from '../../../connectors/zoho/flat-record.ts';
import { mappedOfCustomers, toCustomer } from '../../../connectors/zoho/mapping.ts';
import { ownFields } from '../../../connectors/zoho/own-fields.ts';
import { parseZohoSettings } from '../../../connectors/zoho/settings.ts';
import { inputsOf } from '../../../connectors/zoho/settings-fields.ts';
import type { Subject } from '../../../src/domain/subject.ts';

const auth = { clientIdEnv: 'A', clientSecretEnv: 'B', refreshTokenEnv: 'C' };
const times = {
  Created_Time: '2026-01-01T05:30:00+05:30',
  Modified_Time: '2026-02-01T01:00:00+01:00',
};

function inputs(fields: object, subject: Subject = 'contact') {
  return inputsOf(parseZohoSettings({ auth, fields }).fields, subject);
}

function read(values: object, fields: object = {}, subject: Subject = 'contact') {
  const own = ownFields({
    prefix: 'Assay ',
    written: [{ key: 'value_score', name: 'value_score' }],
    ids: new Map([['value_score', '7']]),
    fields: [
      {
        ...{ id: '7', api_name: 'Assay_value_score', field_label: 'Assay value_score' },
        ...{ data_type: 'integer', custom_field: true },
      },
    ],
  });
  const record = flatRecord({ id: '5725767000000100377', ...times, ...values });
  return toCustomer(record, { inputs: inputs(fields, subject), own });
}

describe('a contact', () => {
  it('a value that is nested without end is unknown', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`);
    const ids: unknown = JSON.parse(`${'{"id":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
    expect(flatRecord({ id: '1', deep, ids, lookup: { id: '7' }, several: ['a', 'b'] })).toEqual({
      id: '1',
      values: { id: '1', deep: null, ids: null, lookup: '7', several: 'a;b' },
    });
  });

  it('has what is mapped, and nothing where Zoho has nothing', () => {
    const values = { First_Name: 'Ada', Last_Name: null, Email: ' a@example.com ', Code: ' C1 ' };
    const more = { Date_of_Birth: '1990-02-03', Invited: 3, Attended: '' };
    const fields = { externalId: 'Code', eventsInvited: 'Invited', eventsAttended: 'Attended' };
    expect(read({ ...values, ...more }, fields)).toMatchObject({
      ...{ externalId: 'C1', name: 'Ada', email: 'a@example.com', birthday: '1990-02-03' },
      ...{ eventsInvited: 3, eventsAttended: null, country: null, referredBy: null },
      ...{ createdAt: '2026-01-01T00:00:00.000Z', modifiedAt: '2026-02-01T00:00:00.000Z' },
    });
  });

  it('keeps an id of 19 digits, and previous ones are not to be known', () => {
    expect(read({})).toMatchObject({ id: '5725767000000100377', previousIds: [] });
    const fields = { externalId: 'Code' };
    expect(read({ Code: '9007199254740993123' }, fields).externalId).toBe('9007199254740993123');
  });

  it('is the same through CSV as through JSON', () => {
    const fields = {
      ...{ externalId: 'Code', eventsInvited: 'Invited', optOut: 'Leave' },
      attributes: { employer: 'Account_Name', interests: 'Interests' },
    };
    const json = {
      ...{ Code: '7', Invited: 3, Leave: true, Phone: '+44 20', Email: null },
      Account_Name: { name: 'Acme', id: '9007199254740993123' },
      Interests: ['kites', 'teapots'],
    };
    const csv = {
      ...{ Code: '7', Invited: '3', Leave: 'true', Phone: '+44 20', Email: '' },
      ...{ Account_Name: '9007199254740993123', Interests: 'kites;teapots' },
    };
    expect(read(json, fields)).toEqual(read(csv, fields));
    expect(read(json, fields)).toMatchObject({
      ...{ externalId: '7', eventsInvited: 3, optedOut: true, email: null },
      attributes: { employer: '9007199254740993123', interests: 'kites;teapots' },
    });
  });

  it('opts out by a checkbox or by a word', () => {
    const fields = { optOut: 'Leave' };
    for (const Leave of [true, 'true', 'Yes', 1, 'x', '是'])
      expect(read({ Leave }, fields).optedOut).toBe(true);
    for (const Leave of [false, 'false', 'no', 0, '', null])
      expect(read({ Leave }, fields).optedOut).toBe(false);
  });

  it('does not believe what is no day and no count', () => {
    const fields = { eventsInvited: 'Invited', eventsAttended: 'Attended' };
    const odd = { Date_of_Birth: '31.12.1999', Invited: -1, Attended: 'often' };
    expect(read(odd, fields)).toMatchObject({
      ...{ birthday: null, eventsInvited: null, eventsAttended: null },
    });
  });

  it('holds our fields in canonical text', () => {
    expect(read({ Assay_value_score: 87 }).held).toEqual({ value_score: '87' });
    expect(read({ Assay_value_score: '87' }).held).toEqual({ value_score: '87' });
    expect(read({ Assay_value_score: null }).held).toEqual({});
  });

  it('is asked for by the mapped fields only, each once', () => {
    const asked = mappedOfCustomers(inputs({ birthday: null, name: 'Full_Name', phone: 'Email' }));
    expect(asked).toEqual(expect.arrayContaining(['Full_Name', 'Email', 'Mailing_Country']));
    expect(asked).not.toContain('First_Name');
    expect(asked).not.toContain('Date_of_Birth');
    expect(new Set(asked).size).toBe(asked.length);
  });
});

describe('an account', () => {
  it('has its name and no e-mail', () => {
    const values = { Account_Name: 'Acme', Email: 'x@example.com', Billing_Country: 'France' };
    expect(read(values, {}, 'company')).toMatchObject({
      ...{ name: 'Acme', email: null, country: 'France', birthday: null },
    });
  });
});
