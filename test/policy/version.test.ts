import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { policyVersion } from '../../src/policy/version.ts';
import { policy, policyText } from '../score/default-policy.ts';
import { changed } from './refusal.ts';

const version = policyVersion(policy);
const versionOf = (text: string) => policyVersion(parsePolicy(text, 'p'));

describe('the version of a policy', () => {
  it('is the same for the same rules, however they are written', () => {
    const rewritten = policyText
      .replace(
        '{ spend: 0.4, loyalty: 0.4, credit: 0.2 }',
        '{ credit: 0.20, spend: .4, loyalty: 0.4 }',
      )
      .replace(/(^| )# .*$/gm, '');
    expect(versionOf(rewritten)).toBe(version);
    expect(version).toMatch(/^[0-9a-f]{12}$/);
  });

  it.each([
    ['a label', 'en: Platinum', 'en: Diamond'],
    ['a description', 'The best few, known by name.', 'Our best.'],
    ['an icon', 'icon: gem', 'icon: crown'],
    ['a colour', "colour: '#6B7A99'", "colour: '#000000'"],
    ['a list’s name', 'Assay: Best customers', 'The best'],
    ['a field’s name', '  - orders\n', '  - { result: orders, name: my_orders }\n'],
    ['a service level’s label', 'en: Dedicated,', 'en: Yours,'],
    ['a channel', '[phone, mail]', '[mail]'],
    ['a class’s label', 'en: Champions', 'en: Winners'],
  ])('is left alone by %s: nobody is scored anew', (_name, from, to) => {
    expect(versionOf(changed([from, to]))).toBe(version);
  });

  it.each([
    ['a window', 'windowMonths: 12', 'windowMonths: 24'],
    ['what is written', '  - orders\n', '  - trend\n'],
    ['who is on a list', 'tiers: [platinum, gold]', 'tiers: [platinum]'],
    ['a segment’s cell', 'R3F2: [AS,', 'R3F2: [Hi,'],
    ['what holds a tier', 'graceDays: 30', 'graceDays: 31'],
    ['the points of activation', 'points: 40', 'points: 50'],
    ['an activation that is off', '{ points: 40, attribute: activated_on }', 'null'],
    ['what a coupon asks for', 'netFrom: 100', 'netFrom: 200'],
    ['a tier’s service', 'serviceLevel: preferred', 'serviceLevel: standard'],
    [
      'a customer by hand',
      'named: []',
      "named: [{ customer: 'K-1', floor: gold, why: founder, by: Ann }]",
    ],
    [
      'a segment of one’s own',
      'classes: []',
      "classes: [{ key: x, label: { en: X }, description: { en: X }, icon: x, colour: '#000000', where: { country: [DE] } }]",
    ],
  ])('changes with %s', (_name, from, to) => {
    expect(versionOf(changed([from, to]))).not.toBe(version);
  });

  it('is found once for a policy', () => {
    const other: Policy = { ...policy, windowMonths: 24 };
    expect(policyVersion(other)).toBe(policyVersion(other));
    expect(policyVersion(other)).not.toBe(version);
  });
});
