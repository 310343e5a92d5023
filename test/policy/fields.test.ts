import { describe, expect, it } from 'vitest';
import { classFamilies } from '../../src/domain/classes.ts';
import { fieldKeys } from '../../src/domain/field.ts';
import { fieldKinds, isChoice } from '../../src/domain/field-kinds.ts';
import { fieldSpecs } from '../../src/policy/fields.ts';
import { labelIn, languages } from '../../src/policy/language.ts';
import { listSpecs } from '../../src/policy/lists.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { policy } from '../score/default-policy.ts';
import { changed } from './refusal.ts';

const everything: Policy = {
  ...policy,
  fields: fieldKeys.map((key) => ({ key, name: key })),
};

/** Values and labels of a choice field. */
function options(key: string, language: 'en' | 'zh' = 'en', rules: Policy = everything) {
  const found = fieldSpecs(rules, language).find((spec) => spec.key === key);
  return found?.kind === 'choice' ? found.options : null;
}

describe('what the policy asks a CRM for', () => {
  it('is a field for each result it writes, in its order', () => {
    const specs = fieldSpecs(policy, 'en');
    expect(specs.map(({ key, name }) => ({ key, name }))).toEqual(policy.fields);
    expect(specs.find(({ key }) => key === 'net_amount')).toEqual({
      key: 'net_amount',
      name: 'net_amount',
      kind: 'decimal',
      label: 'Net amount',
      description: "Won in the last 12 months less refunds, in the account's currency.",
    });
  });

  it('is a field of another name where it says so', () => {
    const text = changed(['  - orders\n', '  - { result: orders, name: my_orders }\n']);
    expect(fieldSpecs(parsePolicy(text, 'p'), 'en')).toContainEqual(
      expect.objectContaining({ key: 'orders', name: 'my_orders' }),
    );
  });

  it('offers the tiers as choices, highest first, in either language', () => {
    expect(options('value_tier')).toEqual([
      { value: 'platinum', label: 'Platinum' },
      { value: 'gold', label: 'Gold' },
      { value: 'silver', label: 'Silver' },
      { value: 'bronze', label: 'Bronze' },
    ]);
    expect(options('value_tier', 'zh')?.[1]).toEqual({ value: 'gold', label: '黄金客户' });
  });

  it('offers each tier’s grades, or the tier where there are none', () => {
    expect(options('value_grade')?.slice(0, 4)).toEqual([
      { value: 'platinum_a', label: 'Platinum A' },
      { value: 'platinum_b', label: 'Platinum B' },
      { value: 'platinum_c', label: 'Platinum C' },
      { value: 'gold_a', label: 'Gold A' },
    ]);
    const plain: Policy = { ...everything, tiers: { ...policy.tiers, grades: [] } };
    expect(options('value_grade', 'en', plain)).toEqual(options('value_tier'));
  });

  it('offers the catalogues and every class of every family', () => {
    const values = (key: string) => options(key)?.map(({ value }) => value);
    expect(values('service_level')).toEqual(['dedicated', 'preferred', 'standard']);
    expect(values('communication_strategy')).toEqual(['exclusive', 'regular', 'wide']);
    for (const [family, classes] of Object.entries(classFamilies))
      expect(values(family)).toEqual(classes);
  });

  it('has a label and a help text of its own for every field, in every language', () => {
    for (const language of languages) {
      const specs = fieldSpecs(everything, language);
      expect(new Set(specs.map(({ label }) => label)).size).toBe(fieldKeys.length);
      const sentence = language === 'en' ? /^[A-Z0-9].{10,}\.$/ : /^.*\p{Script=Han}.*。$/u;
      for (const { description } of specs) expect(description).toMatch(sentence);
    }
  });

  it('writes nothing that changes daily for everybody', () => {
    const daily = [
      'activity_index',
      'probability_buys',
      'expected_orders',
      'lifetime_value',
      'biweekly_list',
    ];
    expect(policy.fields.filter(({ key }) => daily.includes(key))).toEqual([]);
  });

  it('is a list for each that it names', () => {
    expect(listSpecs(policy).slice(0, 2)).toEqual([
      {
        key: 'platinum',
        name: 'Assay: Platinum customers',
        field: 'value_tier',
        values: ['platinum'],
      },
      {
        key: 'best',
        name: 'Assay: Best customers',
        field: 'value_tier',
        values: ['platinum', 'gold'],
      },
    ]);
  });

  it('is a list by any field that is written', () => {
    const text = changed(
      ['lists:\n', 'lists:\n  - { key: lost, name: Lost, field: trend, values: [falling] }\n'],
      ['  - orders\n', '  - trend\n'],
    );
    expect(listSpecs(parsePolicy(text, 'p'))[0]).toEqual({
      key: 'lost',
      name: 'Lost',
      field: 'trend',
      values: ['falling'],
    });
  });
});

it('a field is a choice where its kind says so', () => {
  for (const key of fieldKeys) expect(isChoice(key)).toBe(fieldKinds[key] === 'choice');
  for (const key of fieldKeys) if (key.endsWith('_on')) expect(fieldKinds[key]).toBe('day');
});

it('a label that is not translated is read in English', () => {
  expect([labelIn({ en: 'Gold' }, 'zh'), labelIn({ en: 'Gold', zh: '金' }, 'zh')]).toEqual([
    'Gold',
    '金',
  ]);
});
