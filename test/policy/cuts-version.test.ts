import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/schema.ts';
import { cutsVersion, policyVersion } from '../../src/policy/version.ts';
import { policy } from '../score/default-policy.ts';

const by = { floor: 'gold', importance: null, why: 'founder', by: 'A', until: null };
const { tiers, points } = policy;

describe('the version of what cut points rest on', () => {
  it.each<[string, Policy]>([
    ['a customer named by hand', { ...policy, named: [{ customer: 'K-1', ...by }] }],
    ['holding tiers', { ...policy, tiers: { ...tiers, hold: { ...tiers.hold, graceDays: 7 } } }],
    ['points', { ...policy, points: { ...points, enabled: !points.enabled } }],
  ])('stays with %s, though the policy is another', (_, other) => {
    expect(cutsVersion(other)).toBe(cutsVersion(policy));
    expect(policyVersion(other)).not.toBe(policyVersion(policy));
  });

  it.each<[string, Policy]>([
    ['the window', { ...policy, windowMonths: 6 }],
    ['weights', { ...policy, value: { ...policy.value, minimumConfidence: 0.1 } }],
    ['the share of key accounts', { ...policy, keyAccounts: { share: 0.7 } }],
    ['the tiers', { ...policy, tiers: { ...tiers, mode: 'fixed' } }],
  ])('changes with %s', (_, other) => {
    expect(cutsVersion(other)).not.toBe(cutsVersion(policy));
  });
});
