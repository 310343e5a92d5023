import { describe, expect, it } from 'vitest';
import { Org } from '../../../sandbox/zoho/org.ts';
import { valueReader } from '../../../sandbox/zoho/record-values.ts';
import { viewOf } from '../../../sandbox/zoho/record-view.ts';
import { createRecord, updateRecord } from '../../../sandbox/zoho/record-writer.ts';
import { checkValue } from '../../../sandbox/zoho/value-check.ts';
import { addRecord } from './stored.ts';

const org = new Org({ clock: () => Date.parse('2026-11-22T07:00:00Z'), timeZone: 'Asia/Kolkata' });
const context = { userId: org.users.current.id, at: org.now() };
const pickList = ['x', 'y', 'z'].map((text) => ({ actualValue: text, displayValue: text }));
const fields = {
  big: org.schema.create('Contacts', { label: 'Big', dataType: 'bigint' }),
  many: org.schema.create('Contacts', { label: 'Many', dataType: 'multiselectpicklist', pickList }),
  at: org.schema.create('Contacts', { label: 'Seen At', dataType: 'datetime' }),
  share: org.schema.create('Contacts', { label: 'Share', dataType: 'percent' }),
  site: org.schema.create('Contacts', { label: 'Site', dataType: 'website' }),
};

describe('a value', () => {
  const check = (field: keyof typeof fields, value: unknown) =>
    checkValue(org, fields[field], value);

  it('is kept as its type has it', () => {
    expect(check('big', '123456789012345678')).toEqual({ ok: true, value: '123456789012345678' });
    expect(check('many', ['x', 'y', 'x'])).toEqual({ ok: true, value: ['x', 'y'] });
    expect(check('at', '2026-11-22T12:30:00.900+05:30')).toEqual({
      ok: true,
      value: Date.parse('2026-11-22T07:00:00Z'),
    });
    expect(check('share', 12.5)).toEqual({ ok: true, value: 12.5 });
    expect(check('site', '')).toEqual({ ok: true, value: null });
  });

  it('of another type is refused, with the type that was expected', () => {
    const bad = [
      ['big', 1.5, 'bigint'],
      ['many', 'x', 'jsonarray'],
      ['at', '2026-11-22', 'datetime'],
      ['share', '12', 'double'],
      ['site', 1, 'text'],
    ] as const;
    for (const [field, value, type] of bad)
      expect(check(field, value)).toEqual({ ok: false, details: { expected_data_type: type } });
    expect(check('many', ['x', 'w'])).toEqual({
      ok: false,
      details: { supported_values: ['x', 'y', 'z'] },
    });
  });
});

describe('a record as it is shown', () => {
  it('has worked out what nobody wrote', () => {
    const { record } = written({ Deal_Name: 'd', Stage: 'Needs Analysis', Amount: 50 });
    expect(viewOf(org, 'Deals', record, ['Probability', 'Expected_Revenue', 'Locked__s'])).toEqual({
      ...{ id: record.id, Probability: 20, Expected_Revenue: 10, Locked__s: false },
    });
  });

  it('has the tags it was written with, as many as it may have', () => {
    const { record } = written({ Deal_Name: 't', Stage: 'Closed Won', Tag: [{ name: 'VIP' }] });
    const [tag] = org.tags.all('Deals');
    const shown = () => viewOf(org, 'Deals', record, ['Tag'])['Tag'];
    expect(shown()).toEqual([{ name: 'VIP', id: tag?.id, color_code: null }]);
    const Tag = Array.from({ length: 11 }, (_, n) => ({ name: `t${n}` }));
    updateRecord(org, 'Deals', record.id, { Tag }, context);
    expect(shown()).toHaveLength(org.tags.caps.perRecord);
  });

  it('points to nobody while whom it looks up is deleted', () => {
    const contact = addRecord(org, 'Contacts', { Last_Name: 'Doe' });
    const { record } = written({ Deal_Name: 'p', Stage: 'Closed Won', Contact_Name: contact.id });
    const field = org.schema.field('Deals', 'Contact_Name');
    const read = () => field && valueReader(org, 'Deals', field)(record);
    expect(read()).toBe(contact.id);
    org.records.Contacts.delete(contact.id, { type: 'recycle', deletedAt: 0, deletedBy: '' });
    expect(read()).toBeNull();
    org.records.Contacts.restore(contact.id, '');
    expect(read()).toBe(contact.id);
  });

  function written(input: Readonly<Record<string, unknown>>) {
    const outcome = createRecord(org, 'Deals', input, context);
    if (!outcome.ok) throw outcome.error;
    return outcome;
  }
});
