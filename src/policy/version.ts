import { createHash } from 'node:crypto';
import type { Policy } from './schema.ts';

const known = new WeakMap<Policy, string>();
const knownCuts = new WeakMap<Policy, string>();

/**
 * Twelve hex digits of the policy's rules: the same for the same rules, in whatever order written.
 * What people call and show things is no rule: labels, descriptions, icons, colours, channels and
 * the names of lists and fields leave it alone, so that renaming a class scores nobody anew.
 */
export function policyVersion(policy: Policy): string {
  return versionOf(policy, known, () => rulesOf(policy));
}

/**
 * As `policyVersion`, of those rules alone that cut points depend on: while it stays, a changed rule
 * scores everybody anew under the same cut points.
 */
export function cutsVersion(policy: Policy): string {
  const { purchase, windowMonths, cuts, rfm, value, loyalty, credit, tiers } = policy;
  const { stability, keyAccounts, quadrant, lifetime, prospects } = policy;
  return versionOf(policy, knownCuts, () => ({
    ...{ purchase, windowMonths, minimumBase: cuts.minimumBase, rfm, value, loyalty, credit },
    ...{ stability, keyAccounts, quadrant, lifetime, prospects },
    ...scopeRules(policy.scope),
    tiers: {
      mode: tiers.mode,
      classes: tiers.classes.map(({ key, share, top, from }) => ({ key, share, top, from })),
    },
  }));
}

function versionOf(policy: Policy, versions: WeakMap<Policy, string>, rules: () => object): string {
  const before = versions.get(policy);
  if (before !== undefined) return before;
  const version = createHash('sha256').update(canonicalJson(rules())).digest('hex').slice(0, 12);
  versions.set(policy, version);
  return version;
}

/** The computed families are all looks: their keys are the code's. */
function rulesOf({ tiers, lists, fields, families, retired, scope, ...rest }: Policy): object {
  const { serviceLevels, strategies, ...rules } = rest;
  const manual = manualClasses(families);
  return {
    ...rules,
    ...(retired.length > 0 && { retired }),
    ...scopeRules(scope),
    ...(manual.length > 0 && { manual }),
    tiers: {
      ...tiers,
      classes: tiers.classes.map(({ label, description, icon, colour, ...tier }) => tier),
    },
    lists: lists.map(({ name, ...list }) => list),
    fields: fields.map(({ key }) => key),
    attributeSegments: families.attribute_segment.classes.flatMap(({ key, where }) =>
      where === undefined ? [] : [{ key, where }],
    ),
  };
}

/** Whoever is moved into one that is new, or was in one that is gone, is scored anew. */
function manualClasses(families: Policy['families']): readonly string[] {
  return Object.entries(families).flatMap(([family, { classes }]) =>
    classes.flatMap(({ key, manual }) => (manual === true ? [`${family}/${key}`] : [])),
  );
}

/** A policy that leaves nobody out has the version of one that says nothing of it. */
function scopeRules(scope: Policy['scope']): object {
  return scope.exclude.length === 0 && scope.silentMonths === null ? {} : { scope };
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isBlock(part) ? sorted(part) : part));
}

function isBlock(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(block: object): object {
  return Object.fromEntries(
    Object.entries(block).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}
