import { describe, expect, it } from 'vitest';
import { AssayError } from '../../src/domain/assay-error.ts';
import { fieldKeys } from '../../src/domain/field.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { policy, policyText } from '../score/default-policy.ts';

/** The error that a changed policy file is refused with. */
function refusal(text: string): AssayError {
  try {
    parsePolicy(text, 'policy.yaml');
  } catch (error) {
    if (error instanceof AssayError) return error;
    throw error;
  }
  throw new Error('The policy was accepted');
}

/** The shipped file with one piece replaced. */
function changed(from: string, to: string): string {
  expect(policyText).toContain(from);
  return policyText.replace(from, to);
}

/** `line:column message` of each problem. */
function problems(text: string): readonly string[] {
  return refusal(text)
    .message.split('\n')
    .slice(1)
    .map((line) => line.replace('policy.yaml:', ''));
}

const lineOf = (piece: string): number =>
  policyText.slice(0, policyText.indexOf(piece)).split('\n').length;

describe('the policy file', () => {
  it('works as shipped', () => {
    expect(policy).toMatchObject({
      windowMonths: 12,
      cuts: { refresh: 'monthly', minimumBase: 30 },
      value: { weights: { spend: 0.4, loyalty: 0.4, credit: 0.2 } },
      loyalty: { weights: { repeat: 0.6, referral: 0.2, participation: 0.2 } },
    });
    expect(policy.tiers.classes.map(({ key }) => key)).toEqual([
      'platinum',
      'gold',
      'silver',
      'bronze',
    ]);
    expect(fieldKeys).toEqual(expect.arrayContaining(policy.fields));
  });

  it('marks every invented weight as such', () => {
    const lines = policyText.split('\n');
    for (const [at, line] of lines.entries())
      if (/^ {2}weights:/.test(line))
        expect(lines.slice(Math.max(0, at - 4), at).join('\n')).toContain('INVENTED');
  });

  it('refuses to start with every problem at once, each with its line and column', () => {
    const text = changed('windowMonths: 12', 'windowMonths: twelve')
      .replace('refresh: monthly', 'refresh: weekly')
      .replace('tiers: [platinum, gold]', 'tiers: [platinum, diamond]')
      .replace('minimumBase: 30', 'minimalBase: 30');
    const error = refusal(text);
    expect(error).toMatchObject({ code: 'POLICY_INVALID', disposition: 'refuse-to-start' });
    expect(error.message).toMatch(/^policy\.yaml has 5 problems:\n/);
    expect(problems(text)).toEqual([
      `${lineOf('windowMonths')}:15 windowMonths: must be a number, not \`twelve\``,
      `${lineOf('refresh')}:3 cuts.minimumBase: is missing; give a number`,
      `${lineOf('refresh')}:12 cuts.refresh: must be one of \`nightly\`, \`monthly\`, \`review\``,
      `${lineOf('minimumBase')}:3 cuts.minimalBase: unknown key; did you mean \`minimumBase\`?`,
      `${lineOf('key: best')}:67 lists.1.tiers.1: no tier has the key \`diamond\`; there are platinum, gold, silver, bronze`,
    ]);
  });

  it('counts one problem as one', () => {
    const error = refusal(changed('format: 1', 'format: 2'));
    expect(error.message).toMatch(/^policy\.yaml has a problem:\n/);
    expect(error.todo).toContain('this line');
  });

  it('names the place of broken YAML', () => {
    expect(problems('format: 1\nwindowMonths: [1')[0]).toMatch(/^2:/);
    expect(problems('')[0]).toMatch(/^1:1 /);
  });

  const wrong: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'weights that are all zero',
      '{ spend: 0.4, loyalty: 0.4, credit: 0.2 }',
      '{ spend: 0, loyalty: 0, credit: 0 }',
      /value\.weights: all weights are zero/,
    ],
    [
      'a weight that is missing',
      '{ spend: 0.4, loyalty: 0.4, credit: 0.2 }',
      '{ spend: 0.4, loyalty: 0.4 }',
      /value\.weights\.credit: is missing/,
    ],
    ['a negative weight', 'spend: 0.4', 'spend: -1', /value\.weights\.spend/],
    [
      'an unknown weight',
      'credit: 0.2 }',
      'credit: 0.2, charm: 1 }',
      /value\.weights\.charm: unknown key/,
    ],
    ['fixed thresholds that do not rise', '[30, 90, 180, 365]', '[30, 90, 90, 365]', /must rise/],
    ['too few fixed thresholds', '[2, 3, 5, 10]', '[2, 3, 5]', /rfm\.fixed\.frequency/],
    ['a tier named twice', 'key: gold,', 'key: platinum,', /`platinum` is given twice/],
    ['a tier called none', 'key: silver', 'key: none', /`none` means no tier/],
    [
      'a key that a CRM cannot store',
      'key: silver',
      'key: Silver!',
      /a key is a lower-case letter/,
    ],
    ['shares of more than all', 'share: 0.30', 'share: 0.85', /add up to 105 %/],
    ['a rest above the lowest tier', 'share: 0.15', 'share: rest', /and no other/],
    ['a lowest tier that is not the rest', 'share: rest', 'share: 0.2', /the lowest tier, and/],
    ['a share that is none', 'share: 0.15', 'share: most', /must be a share of the base/],
    [
      'tiers that overlap',
      'share: 0.15, from: 60',
      'share: 0.15, from: 80',
      /must be below the 80/,
    ],
    ['a gap below the lowest tier', 'share: rest, from: 0', 'share: rest, from: 5', /begins at 0/],
    ['a list named twice', "'Assay: Best customers'", "'Assay: Platinum customers'", /given twice/],
    ['a result written twice', '- orders', '- rfm', /`rfm` is given twice/],
    ['a result that does not exist', '- orders', '- ordres', /fields\.5: must be one of/],
  ];

  it.each(wrong)('refuses %s', (_name, from, to, message) => {
    expect(problems(changed(from, to)).join('\n')).toMatch(message);
  });
});
