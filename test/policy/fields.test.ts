import { describe, expect, it } from 'vitest';
import { fieldKeys } from '../../src/domain/field.ts';
import { fieldSpecs } from '../../src/policy/fields.ts';
import { listSpecs } from '../../src/policy/lists.ts';
import { policy } from '../score/default-policy.ts';

describe('what the policy asks a CRM for', () => {
  it('is a field for each result it writes, in its order', () => {
    const specs = fieldSpecs(policy, 'en');
    expect(specs.map(({ key }) => key)).toEqual(policy.fields);
    expect(specs.find(({ key }) => key === 'net_amount')).toEqual({
      key: 'net_amount',
      kind: 'decimal',
      label: 'Net amount',
      description: "Won in the last 12 months less refunds, in the account's currency.",
    });
  });

  it('offers the tiers as choices, highest first', () => {
    expect(fieldSpecs(policy, 'en')[0]).toMatchObject({
      key: 'value_tier',
      kind: 'choice',
      options: [
        { value: 'platinum', label: 'Platinum' },
        { value: 'gold', label: 'Gold' },
        { value: 'silver', label: 'Silver' },
        { value: 'bronze', label: 'Bronze' },
      ],
    });
  });

  it('has a label and a help text of its own for every field', () => {
    const specs = fieldSpecs({ ...policy, fields: [...fieldKeys] }, 'en');
    expect(new Set(specs.map(({ label }) => label)).size).toBe(fieldKeys.length);
    for (const { description } of specs) expect(description).toMatch(/^[A-Z0-9].{10,}\.$/);
  });

  it('writes nothing that changes daily for everybody', () => {
    expect(policy.fields.filter((key) => key.includes('days'))).toEqual([]);
  });

  it('is a list for each that it names', () => {
    expect(listSpecs(policy)).toEqual([
      { key: 'platinum', name: 'Assay: Platinum customers', tiers: ['platinum'] },
      { key: 'best', name: 'Assay: Best customers', tiers: ['platinum', 'gold'] },
    ]);
  });
});
