import { describe, expect, it } from 'vitest';
import { labelOf, labelsOf, markerKey } from '../../../connectors/zoho/field-labels.ts';
import { ownFields } from '../../../connectors/zoho/own-fields.ts';
import type { WireField } from '../../../connectors/zoho/wire-fields.ts';
import { fieldKeys } from '../../../src/domain/field.ts';
import { sampleFields } from '../../contract/provision-samples.ts';

let next = 1;

function field(label: string, more: Partial<WireField> = {}): WireField {
  next += 1;
  return {
    ...{ id: String(5_725_767_000_000_000n + BigInt(next)), field_label: label },
    ...{ api_name: label.replaceAll(' ', '_'), data_type: 'text', custom_field: true },
    ...more,
  };
}

const tier = field('Assay Value Tier', {
  data_type: 'picklist',
  pick_list_values: ['gold', 'silver'].map((value) => {
    return { actual_value: value, display_value: value.toUpperCase() };
  }),
});
const spend = field('Assay Net Spend', { data_type: 'double' });
const marker = field('Assay Run');

function own(fields: readonly WireField[], ids: readonly (readonly [string, string])[] = []) {
  return ownFields({ prefix: 'Assay ', written: sampleFields, ids: new Map(ids), fields });
}

describe('our fields', () => {
  it('are found by label, under the name the policy gives them', () => {
    const { apiName, marker: run, names, missing } = own([tier, spend, marker]);
    expect([apiName('value_tier'), apiName('net_amount'), run]).toEqual([
      ...['Assay_Value_Tier', 'Assay_Net_Spend', 'Assay_Run'],
    ]);
    expect(names).toHaveLength(2);
    expect(missing).toEqual(['value_score', 'last_order_on', 'reason']);
  });

  it('stay ours when a person renames them, label and API name', () => {
    const renamed = { ...tier, field_label: 'Customer class', api_name: 'Customer_Class' };
    expect(own([renamed], [['value_tier', tier.id]]).apiName('value_tier')).toBe('Customer_Class');
    expect(own([renamed, marker]).apiName('value_tier')).toBeNull();
  });

  it('that are remembered as another are not taken by their label', () => {
    const swapped = { ...spend, field_label: 'Assay Value Tier' };
    const { apiName } = own([swapped], [['net_amount', spend.id]]);
    expect([apiName('value_tier'), apiName('net_amount')]).toEqual([null, 'Assay_Net_Spend']);
  });

  it('are found by label in a new store only where the marker shows that we were here', () => {
    expect(own([tier, marker]).apiName('value_tier')).toBe('Assay_Value_Tier');
    expect(own([tier]).apiName('value_tier')).toBeNull();
  });

  it('are never a standard field that has such a label', () => {
    expect(own([{ ...tier, custom_field: false }, marker]).apiName('value_tier')).toBeNull();
  });

  it('the marker is found by its remembered id too', () => {
    const renamed = { ...marker, field_label: 'Internal', api_name: 'Internal' };
    expect(own([renamed], [[markerKey, marker.id]]).marker).toBe('Internal');
  });
});

describe('values', () => {
  const { held, toWire } = own([tier, spend, marker]);

  it('come in canonical text from JSON and from CSV alike', () => {
    const canonical = { value_tier: 'gold', net_amount: '1234.5' };
    expect(held({ Assay_Value_Tier: 'gold', Assay_Net_Spend: 1234.5 })).toEqual(canonical);
    expect(held({ Assay_Value_Tier: 'gold', Assay_Net_Spend: '1234.50' })).toEqual(canonical);
  });

  it('are the stored ones of a picklist, whatever its labels are', () => {
    expect(held({ Assay_Value_Tier: 'GOLD' })).toEqual({ value_tier: 'gold' });
    expect(held({ Assay_Value_Tier: 'platinum' })).toEqual({ value_tier: 'platinum' });
  });

  it('that are empty are left out', () => {
    expect(held({ Assay_Value_Tier: '-None-', Assay_Net_Spend: null })).toEqual({});
    expect(held({ Assay_Value_Tier: '' })).toEqual({});
  });

  it('go out as numbers, texts and days', () => {
    expect(toWire('value_score', '87')).toBe(87);
    expect(toWire('net_amount', '-12.5')).toBe(-12.5);
    expect(toWire('last_order_on', '2026-11-01')).toBe('2026-11-01');
    expect(toWire('value_tier', null)).toBeNull();
  });
});

describe('labels', () => {
  it('fit Zoho, and every result has one of its own', () => {
    const labels = labelsOf(
      'Assay ',
      fieldKeys.map((key) => ({ key, name: key })),
    );
    for (const label of labels.values()) expect(label.length).toBeLessThanOrEqual(25);
    expect(new Set(labels.values()).size).toBe(fieldKeys.length + 1);
    expect(labelOf('Assay ', 'value_tier')).toBe('Assay Value Tier');
  });

  it('that would be the same are refused, naming both results', () => {
    const alike = [
      { key: 'standards', name: 'communication_plan_one' },
      { key: 'rfm', name: 'communication_plan_two' },
    ] as const;
    expect(() => labelsOf('Our company ', alike)).toThrow(/standards and rfm/);
    expect(() => labelsOf('Assay ', [{ key: 'rfm', name: 'run' }])).toThrow('“Assay Run”');
  });
});
