import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyDigest } from '../../src/policy/digest.ts';
import { keptPolicyText } from '../../src/policy/kept-policy.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';

const read = (name: string) =>
  parsePolicy(readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8'), name);

const named = [
  { customer: 'K-1', floor: 'gold', importance: null, why: 'founder', by: 'A', until: null },
  {
    customer: 'K-2',
    floor: null,
    importance: 'black' as const,
    why: 'w',
    by: 'B',
    until: '2027-12-31',
  },
];

describe('a policy that was kept as data alone', () => {
  it.each([
    ['shipped', read('policy.yaml')],
    ['for firms that sell to firms', read('policy-b2b.yaml')],
    ['with customers named by hand', { ...read('policy.yaml'), named }],
    [
      'with a field of another name',
      {
        ...read('policy.yaml'),
        fields: read('policy.yaml').fields.map(({ key }) => ({ key, name: `our_${key}` })),
      },
    ],
  ])('is written as a file that says the same: %s', (_, policy) => {
    const kept: unknown = JSON.parse(JSON.stringify(policy));
    const text = keptPolicyText(kept);
    if (text === null) throw new Error('it cannot be written');
    const again = parsePolicy(text, 'kept.yaml');
    expect(again).toEqual(policy);
    expect(policyDigest(again)).toBe(policyDigest(policy));
  });

  it.each([
    ['of a format to come', { ...read('policy.yaml'), format: 2 }],
    ['of which a part is lost', { ...read('policy.yaml'), segments: { cells: [] } }],
    ['that is none', 'gold'],
  ])('is not guessed at: %s', (_, kept) => {
    expect(keptPolicyText(kept)).toBeNull();
  });
});
