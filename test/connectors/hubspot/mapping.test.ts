import { describe, expect, it } from 'vitest';
import { ownFields } from '../../../connectors/hubspot/fields.ts';
import { customerMapping } from '../../../connectors/hubspot/mapping.ts';
import { customerKind } from '../../../connectors/hubspot/object-kind.ts';
import { parseHubSpotSettings } from '../../../connectors/hubspot/settings.ts';
import type { Subject } from '../../../src/domain/subject.ts';
import { sampleFields } from '../../contract/provision-samples.ts';

function mapping(subject: Subject, fields: Readonly<Record<string, unknown>> = {}) {
  const settings = parseHubSpotSettings({ token: 'T', fields });
  return customerMapping({
    ...{ subject, kind: customerKind(subject), fields: settings.fields },
    own: ownFields(settings.fieldPrefix, sampleFields),
  });
}

function read(properties: Readonly<Record<string, string | null>>, subject: Subject = 'contact') {
  const times = { createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-02-01T00:00:00Z' };
  return mapping(subject).toCustomer({ id: '9', properties, ...times });
}

describe('a customer', () => {
  it('has what is mapped, and nothing where the CRM has nothing', () => {
    const customer = read({
      ...{ external_id: ' C1 ', firstname: 'Ada', lastname: null, email: 'a@example.com' },
      ...{ birthday: '1990-02-03', events_invited: '3', events_attended: '' },
    });
    expect(customer).toMatchObject({
      ...{ externalId: 'C1', name: 'Ada', email: 'a@example.com', birthday: '1990-02-03' },
      ...{ eventsInvited: 3, eventsAttended: null, country: null, referredBy: null },
      ...{ createdAt: '2026-01-01T00:00:00.000Z', modifiedAt: '2026-02-01T00:00:00.000Z' },
    });
  });

  it('has a phone as typed, a count of feedback, its attributes, and whether it opted out', () => {
    const fields = { attributes: { trade: 'industry', city: 'town' }, optOut: 'leave_me_alone' };
    const { toCustomer, properties } = mapping('contact', fields);
    const values = {
      phone: ' +44 20 7946 0958 ',
      feedback_count: '2',
      industry: 'Kites',
      town: ' ',
    };
    const times = { createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-02-01T00:00:00Z' };
    const of = (more: object) =>
      toCustomer({ id: '9', properties: { ...values, ...more }, ...times });
    expect(of({ leave_me_alone: 'true' })).toMatchObject({
      ...{ phone: '+44 20 7946 0958', feedback: 2, attributes: { trade: 'Kites' }, optedOut: true },
    });
    expect(of({}).attributes).toEqual({ trade: 'Kites' });
    expect(of({ leave_me_alone: 'Yes' }).optedOut).toBe(true);
    for (const leave_me_alone of ['false', 'no', '0', '', null])
      expect(of({ leave_me_alone }).optedOut).toBe(false);
    for (const name of ['phone', 'feedback_count', 'industry', 'town', 'leave_me_alone'])
      expect(properties).toContain(name);
    expect(read({ phone: '1', do_not_score: 'true' })).toMatchObject({ optedOut: false });
  });

  it('of a company has the company’s name and no e-mail', () => {
    expect(read({ name: 'Acme', email: 'x@example.com' }, 'company')).toMatchObject({
      ...{ name: 'Acme', email: null },
    });
  });

  it('holds our fields in canonical text', () => {
    const held = { assay_value_score: '87.0', assay_net_spend: '12.50', assay_value_tier: 'gold' };
    expect(read({ ...held, assay_reason: '', assay_run: 'r1' }).held).toEqual({
      ...{ value_score: '87', net_amount: '12.5', value_tier: 'gold' },
    });
  });

  it('knows the records it was merged of, in either notation, and not itself', () => {
    const merged = { hs_merged_object_ids: '1;2', hs_calculated_merged_vids: '2:1700;3:1700;9:1' };
    expect(read(merged).previousIds).toEqual(['1', '2', '3']);
    expect(read({}).previousIds).toEqual([]);
  });

  it('does not believe what is no day and no count', () => {
    const odd = read({ birthday: '31.12.1999', events_invited: '-1', events_attended: 'often' });
    expect(odd).toMatchObject({ birthday: null, eventsInvited: null, eventsAttended: null });
  });

  it('asks for the mapped properties only', () => {
    const asked = mapping('contact', { birthday: null, name: 'nickname' }).properties;
    expect(asked).toContain('nickname');
    expect(asked).not.toContain('birthday');
    expect(asked).not.toContain('firstname');
    expect(new Set(asked).size).toBe(asked.length);
  });
});
