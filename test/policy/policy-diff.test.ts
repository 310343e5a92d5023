import { describe, expect, it } from 'vitest';
import { placeInWords, valueInWords } from '../../src/policy/diff/change-words.ts';
import { policyChanges } from '../../src/policy/diff/policy-changes.ts';
import { policyDiff } from '../../src/policy/diff/policy-diff.ts';
import { changeDigest, policyDigest } from '../../src/policy/digest.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { cutsVersion, policyVersion } from '../../src/policy/version.ts';
import { policy } from '../score/default-policy.ts';

type Key = string | number;

/** Every plain value in it, by the way there. */
function places(value: unknown, path: readonly Key[] = []): readonly (readonly Key[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, part]) =>
    places(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function at(value: unknown, key: Key): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** The policy with another value there. */
function changed(path: readonly Key[]): Policy {
  const copy = structuredClone(policy);
  const parent = path.slice(0, -1).reduce<unknown>(at, copy);
  const key = path.at(-1) ?? '';
  if (typeof parent === 'object' && parent !== null)
    Reflect.set(parent, key, another(at(parent, key)));
  return copy;
}

function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return `${String(value)}_other`;
}

describe('the difference of two policies', () => {
  it('is nothing between a policy and itself, and tells it from its copy by nothing', () => {
    expect(policyChanges(policy, structuredClone(policy))).toEqual([]);
    expect(policyDigest(structuredClone(policy))).toBe(policyDigest(policy));
    const kept: unknown = JSON.parse(JSON.stringify(policy));
    expect(policyChanges(kept, policy)).toEqual([]);
  });

  it('says of every single statement what changing it does, as the versions do', () => {
    const all = places(policy);
    expect(all.length).toBeGreaterThan(600);
    for (const path of all) {
      const other = changed(path);
      const changes = policyChanges(policy, other);
      const effects = changes.map(({ effect }) => effect);
      const where = path.join('.');
      expect(changes.length, where).toBeGreaterThan(0);
      expect(effects.includes('cuts'), `${where}: cut points`).toBe(
        cutsVersion(other) !== cutsVersion(policy),
      );
      expect(
        effects.some((effect) => effect !== 'looks'),
        `${where}: rules`,
      ).toBe(policyVersion(other) !== policyVersion(policy));
      expect(policyDigest(other), where).not.toBe(policyDigest(policy));
    }
  });

  it('names entries by their keys, so that one more moves no other', () => {
    const [gold, ...others] = policy.tiers.classes;
    if (gold === undefined) throw new Error('no tier');
    const diamond = { ...gold, key: 'diamond', from: 95, share: 0.01 };
    const more = { ...policy, tiers: { ...policy.tiers, classes: [diamond, gold, ...others] } };
    const changes = policyChanges(policy, more);
    expect(changes).toEqual([
      expect.objectContaining({
        path: ['tiers', 'classes', 'diamond'],
        ...{ kind: 'added', effect: 'cuts', from: null },
      }),
    ]);
    expect(policyChanges(more, policy)).toEqual([
      expect.objectContaining({ path: ['tiers', 'classes', 'diamond'], kind: 'removed', to: null }),
    ]);
    const side = (one: Policy) => ({ content: one, policy: one });
    expect(policyDiff(side(policy), side(more)).catalogue?.added).toEqual([
      { family: 'value_tier', key: 'diamond' },
    ]);
  });

  it('tells the order of a catalogue from what stands in it', () => {
    const turned = { ...policy, lists: policy.lists.toReversed() };
    const changes = policyChanges(policy, turned);
    expect(changes.map(placeInWords)).toEqual(['lists › order']);
    expect(changes[0]?.to).toEqual(turned.lists.map(({ key }) => key));
  });

  it('says in words where it is and what it was', () => {
    const [first, ...others] = policy.tiers.classes;
    if (first === undefined) throw new Error('no tier');
    const other = {
      ...policy,
      cuts: { ...policy.cuts, minimumBase: 77 },
      tiers: { ...policy.tiers, classes: [{ ...first, share: 0.07 }, ...others] },
    };
    expect(
      policyChanges(policy, other).map(
        (change) =>
          `${placeInWords(change)}: ${valueInWords(change.from)} → ${valueInWords(change.to)}`,
      ),
    ).toEqual([
      `cuts › minimum base: ${policy.cuts.minimumBase} → 77`,
      `tiers › ${first.key} › share: ${String(first.share)} → 0.07`,
    ]);
  });

  it('has a digest of its own for each change, its two ends and its direction', () => {
    const digests = [
      changeDigest(null, 'a'),
      changeDigest('a', 'b'),
      changeDigest('b', 'a'),
      changeDigest('a', 'c'),
    ];
    expect(new Set(digests).size).toBe(4);
  });
});
