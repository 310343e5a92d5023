import { describe, expect, it } from 'vitest';
import { fieldKeys } from '../../src/domain/field.ts';
import { policy } from '../score/default-policy.ts';
import { changed, lineOf, problems, refusal } from './refusal.ts';

describe('the policy file', () => {
  it('works as shipped', () => {
    expect(policy).toMatchObject({
      windowMonths: 12,
      cuts: { refresh: 'monthly', minimumBase: 30 },
      value: { weights: { spend: 0.4, loyalty: 0.4, credit: 0.2 } },
      loyalty: { weights: { repeat: 0.6, referral: 0.2, participation: 0.2 } },
    });
    expect(policy.tiers.classes.map(({ key, share, top }) => ({ key, share, top }))).toEqual([
      { key: 'platinum', share: 0.05, top: null },
      { key: 'gold', share: 0.15, top: null },
      { key: 'silver', share: 0.3, top: null },
      { key: 'bronze', share: 'rest', top: null },
    ]);
    expect(fieldKeys).toEqual(expect.arrayContaining(policy.fields.map(({ key }) => key)));
  });

  it('refuses to start with every problem at once, each with its line and column', () => {
    const text = changed(
      ['windowMonths: 12', 'windowMonths: twelve'],
      ['refresh: monthly', 'refresh: weekly'],
      ['tiers: [platinum, gold]', 'tiers: [platinum, diamond]'],
      ['minimumBase: 30', 'minimalBase: 30'],
    );
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
    const error = refusal(changed(['format: 1', 'format: 2']));
    expect(error.message).toMatch(/^policy\.yaml has a problem:\n/);
    expect(error.todo).toContain('this line');
  });

  it('names the place of broken YAML', () => {
    expect(problems('format: 1\nwindowMonths: [1')[0]).toMatch(/^2:/);
    expect(problems('')[0]).toMatch(/^1:1 /);
  });

  it('guesses what a misspelt key meant, in every section', () => {
    const sections = [
      ['halfLifeDays: 90', 'halfLiveDays: 90', 'halfLifeDays'],
      ['hysteresis: 3', 'histeresis: 3', 'hysteresis'],
      ['birthdayFactor: 2', 'birthdaysFactor: 2', 'birthdayFactor'],
      ['churnRiskBelow: 0.3', 'churnRisksBelow: 0.3', 'churnRiskBelow'],
      ['shrinkage: 20', 'shrinkige: 20', 'shrinkage'],
      ['frequency_class:', 'frequenzy_class:', 'frequency_class'],
    ] as const;
    for (const [from, to, meant] of sections)
      expect(problems(changed([from, to])).join('\n')).toContain(`did you mean \`${meant}\`?`);
  });
});
