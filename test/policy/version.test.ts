import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { policyVersion } from '../../src/policy/version.ts';
import { policy, policyText } from '../score/default-policy.ts';

describe('the version of a policy', () => {
  it('is the same for the same rules, however they are written', () => {
    const rewritten = policyText
      .replace(
        '{ spend: 0.4, loyalty: 0.4, credit: 0.2 }',
        '{ credit: 0.20, spend: .4, loyalty: 0.4 }',
      )
      .replace(/#.*$/gm, '');
    expect(policyVersion(parsePolicy(rewritten, 'p'))).toBe(policyVersion(policy));
    expect(policyVersion(policy)).toMatch(/^[0-9a-f]{12}$/);
  });

  it('changes with any rule', () => {
    const other = { ...policy, windowMonths: 24 };
    expect(policyVersion(other)).not.toBe(policyVersion(policy));
    const turned = { ...policy, fields: policy.fields.toReversed() };
    expect(policyVersion(turned)).not.toBe(policyVersion(policy));
  });
});
