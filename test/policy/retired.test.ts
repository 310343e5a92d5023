import { describe, expect, it } from 'vitest';
import { catalogueChanges } from '../../src/policy/catalogue-changes.ts';
import { keyMeant, presentKey } from '../../src/policy/class-catalogue.ts';
import { crossProblems } from '../../src/policy/cross-problems.ts';
import { fieldSpecs } from '../../src/policy/fields.ts';
import { type Policy, policySchema } from '../../src/policy/schema.ts';
import { cutsVersion, policyVersion } from '../../src/policy/version.ts';
import { policy } from '../score/default-policy.ts';

const withoutSilver: Policy = {
  ...policy,
  tiers: { ...policy.tiers, classes: policy.tiers.classes.filter(({ key }) => key !== 'silver') },
};
const retiring = (to: string, base: Policy = withoutSilver): Policy => ({
  ...base,
  retired: [{ family: 'value_tier', key: 'silver', to }],
});
const vip = {
  ...{ key: 'vip', label: { en: 'VIP' }, description: { en: 'By hand.' } },
  ...{ icon: 'gem', colour: '#7B3FA0', manual: true as const },
};
const withVip: Policy = {
  ...policy,
  families: {
    ...policy.families,
    importance: {
      ...policy.families.importance,
      classes: [...policy.families.importance.classes, vip],
    },
  },
};
const problems = (written: Policy) => crossProblems(written).map(({ message }) => message);

describe('a class that is retired', () => {
  it('stands for the class it was moved to, through as many moves as there were', () => {
    expect(presentKey(retiring('bronze'), 'value_tier', 'silver')).toBe('bronze');
    const twice: Policy = {
      ...retiring('copper'),
      retired: [
        { family: 'value_tier', key: 'copper', to: 'bronze' },
        { family: 'value_tier', key: 'silver', to: 'copper' },
      ],
    };
    expect(presentKey(twice, 'value_tier', 'silver')).toBe('bronze');
    expect(keyMeant(twice, 'value_tier', 'Silver')).toBe('bronze');
    expect(presentKey(retiring('rules'), 'value_tier', 'silver')).toBeNull();
    expect(presentKey(policy, 'value_tier', 'diamond')).toBeNull();
  });

  it('leads to a class there is, is not there itself, and was not the rules’ own', () => {
    expect(problems(retiring('bronze'))).toEqual([]);
    expect(problems(retiring('rules'))).toEqual([]);
    expect(problems(retiring('diamond'))[0]).toContain('has no class `diamond`');
    expect(problems(retiring('silver'))[0]).toContain('leads back to itself');
    expect(problems(retiring('bronze', policy))[0]).toContain('never used again');
    const computed: Policy = {
      ...policy,
      retired: [{ family: 'trend', key: 'steady', to: 'rules' }],
    };
    expect(problems(computed)[0]).toContain('is computed by the rules');
  });

  it('may still be a floor’s, which moves with it', () => {
    const named = [
      { customer: 'K-1', floor: 'silver', importance: null, why: 'w', by: 'b', until: null },
    ];
    expect(problems({ ...retiring('bronze'), named })).toEqual([]);
    expect(problems({ ...withoutSilver, named })).toHaveLength(1);
  });

  it('scores everybody anew, and a policy that retires none has the version it had', () => {
    expect(policyVersion({ ...policy, retired: [] })).toBe(policyVersion(policy));
    expect(policyVersion(retiring('bronze'))).not.toBe(policyVersion(withoutSilver));
    expect(cutsVersion(retiring('bronze'))).toBe(cutsVersion(withoutSilver));
  });

  it('is told to the CRM with every grade it had', () => {
    const field = (key: string) =>
      fieldSpecs(
        { ...retiring('bronze'), fields: [{ key: 'value_grade', name: 'value_grade' }] },
        'en',
      ).find((spec) => spec.key === key);
    expect(field('value_grade')).toMatchObject({
      retired: expect.arrayContaining(['silver', 'silver_a']),
    });
    expect(fieldSpecs(policy, 'en')[0]).not.toHaveProperty('retired');
  });
});

describe('a class of one’s own that people give', () => {
  it('stands beside those that the rules give, and gives the policy another version', () => {
    expect(policySchema.shape.families.safeParse(withVip.families).success).toBe(true);
    expect(policyVersion(withVip)).not.toBe(policyVersion(policy));
    expect(cutsVersion(withVip)).toBe(cutsVersion(policy));
  });

  it('says that it is by hand; none that the rules give may', () => {
    const refused = (changed: object) => {
      const { importance } = withVip.families;
      const classes = importance.classes.map((one) =>
        one.key in changed ? { ...one, ...Object.values(changed)[0] } : one,
      );
      return policySchema.shape.families.safeParse({
        ...withVip.families,
        importance: { ...importance, classes },
      });
    };
    expect(refused({ vip: { manual: undefined } }).error?.message).toContain('manual: true');
    expect(refused({ red: { manual: true } }).error?.message).toContain('computed by the rules');
  });
});

describe('what two policies’ classes are against each other', () => {
  const none = { added: [], renamed: [], retired: [], vanished: [], reused: [] };
  const silver = { family: 'value_tier', key: 'silver' } as const;

  it('is nothing for the same', () => {
    expect(catalogueChanges(policy, policy)).toEqual(none);
  });

  it('names what came, and what is called otherwise', () => {
    expect(catalogueChanges(policy, withVip)).toEqual({
      ...none,
      added: [{ family: 'importance', key: 'vip' }],
    });
    const classes = policy.tiers.classes.map((tier) =>
      tier.key === 'silver' ? { ...tier, label: { en: 'Second' } } : tier,
    );
    const renamed = { ...policy, tiers: { ...policy.tiers, classes } };
    expect(catalogueChanges(policy, renamed)).toEqual({ ...none, renamed: [silver] });
  });

  it('tells what went by a stated rule from what vanished', () => {
    expect(catalogueChanges(policy, retiring('bronze'))).toEqual({
      ...none,
      retired: [{ ...silver, to: 'bronze' }],
    });
    expect(catalogueChanges(policy, withoutSilver)).toEqual({ ...none, vanished: [silver] });
  });

  it('finds a key that is used again, or whose line was taken out', () => {
    expect(catalogueChanges(retiring('bronze'), policy).reused).toEqual([silver]);
    expect(catalogueChanges(retiring('bronze'), withoutSilver).reused).toEqual([silver]);
  });
});
