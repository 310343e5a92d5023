import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fieldKeys } from '../../src/domain/field.ts';
import { policyJsonSchema, policyKeys } from '../../src/policy/json-schema.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';

const textOf = (name: string) =>
  readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8');

/** Every block in a file that holds texts by language. */
function textBlocks(part: unknown): readonly object[] {
  if (typeof part !== 'object' || part === null) return [];
  return [...('en' in part ? [part] : []), ...Object.values(part).flatMap(textBlocks)];
}

describe.each(['policy.yaml', 'policy-b2b.yaml'])('%s', (name) => {
  const text = textOf(name);

  it('is in order, and names the schema that editors check it by', () => {
    expect(() => parsePolicy(text, name)).not.toThrow();
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/policy\.schema\.json\n/);
  });

  it('has every label and description in English and Chinese', () => {
    const blocks = textBlocks(parse(text));
    expect(blocks.length).toBeGreaterThan(100);
    for (const block of blocks)
      expect(block).toEqual({
        en: expect.stringMatching(/^[A-Z][ -~]*$/),
        zh: expect.stringMatching(/\p{Script=Han}/u),
      });
  });

  it('marks every invented weight and limit as such', () => {
    const lines = text.split('\n');
    const near = (at: number, before: number) =>
      lines.slice(Math.max(0, at - before), at + 1).join('\n');
    for (const [at, line] of lines.entries()) {
      if (/^ {2}weights:/.test(line)) expect(near(at, 4)).toContain('INVENTED');
      if (/^(days|hold|activity|stability|trend|quadrant|standards|lifetime|prospects):/.test(line))
        expect(near(at, 8)).toContain('INVENTED');
    }
  });
});

it('policy.yaml names every result that can be written', () => {
  const text = textOf('policy.yaml');
  for (const key of fieldKeys) expect(text).toMatch(new RegExp(`\\b${key}\\b`));
});

it('the two differ in what a firm that sells to firms needs', () => {
  const shop = parsePolicy(textOf('policy.yaml'), 'shop');
  const b2b = parsePolicy(textOf('policy-b2b.yaml'), 'b2b');
  expect(b2b.windowMonths).toBeGreaterThan(shop.windowMonths);
  expect(b2b.days.lost).toBeGreaterThan(shop.days.lost);
  expect([shop.points.enabled, b2b.points.enabled]).toEqual([true, false]);
  expect(shop.points.activation).toEqual({ points: 40, attribute: 'activated_on' });
  expect(b2b.points.activation).toBeNull();
  expect(b2b.tiers.classes[0]).toMatchObject({ top: 20, share: null });
  expect(b2b.segments).toEqual(shop.segments);
});

describe('the JSON Schema', () => {
  it('is the one that the code makes: `assay policy schema --out config/policy.schema.json`', () => {
    expect(JSON.parse(textOf('policy.schema.json'))).toEqual(policyJsonSchema());
  });

  it('knows the keys of every section and says what each is for', () => {
    expect(policyKeys()).toEqual(expect.arrayContaining(['format', 'halfLifeDays', 'stepsDown']));
    expect(policyJsonSchema()).toMatchObject({
      required: expect.arrayContaining(['tiers', 'families']),
      properties: { tiers: { description: expect.stringContaining('tiers') } },
    });
  });
});
