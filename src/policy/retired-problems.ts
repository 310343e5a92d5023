import { z } from 'zod';
import { classFamilies, type FamilyKey } from '../domain/classes.ts';
import { type OverrideFamily, overrideFamilies } from '../domain/override.ts';
import { rules } from './class-catalogue.ts';
import { crossCheck, type PolicyProblem, problemAt, thereAre } from './cross-check.ts';
import { familiesSchema } from './families-schema.ts';

const keyed = z.object({ classes: z.array(z.object({ key: z.string() })) });
const retiredClass = z.object({
  family: z.enum(overrideFamilies),
  key: z.string(),
  to: z.string(),
});
type RetiredClass = z.output<typeof retiredClass>;

type Catalogues = {
  readonly tiers: z.output<typeof keyed>;
  readonly families: Readonly<Record<FamilyKey, z.output<typeof keyed>>>;
};

/** A retired class is gone, was the user's own, and leads to a class that there is. */
export const retiredClasses = crossCheck(
  z.object({
    tiers: keyed,
    families: z.record(z.enum(familiesSchema.keyof().options), keyed),
    retired: z.array(retiredClass).default([]),
  }),
  ({ retired, ...policy }) =>
    retired.flatMap((one, at) => {
      const path = ['retired', at];
      const present = keysOf(policy, one.family);
      return [
        ...keyProblems(one, present, [...path, 'key']),
        ...targetProblems(one, present, retired, [...path, 'to']),
      ];
    }),
);

function keysOf({ tiers, families }: Catalogues, family: OverrideFamily): readonly string[] {
  const { classes } = family === 'value_tier' ? tiers : families[family];
  return classes.map(({ key }) => key);
}

function keyProblems(
  { family, key }: RetiredClass,
  present: readonly string[],
  path: PropertyKey[],
): readonly PolicyProblem[] {
  const computed: readonly string[] = family === 'value_tier' ? [] : classFamilies[family];
  if (computed.includes(key))
    return [problemAt(path, `\`${key}\` is computed by the rules and cannot be retired`)];
  if (present.includes(key))
    return [
      problemAt(
        path,
        `\`${key}\` is still a class of ${family}; a retired key is never used again, take one of the two out`,
      ),
    ];
  return [];
}

function targetProblems(
  one: RetiredClass,
  present: readonly string[],
  retired: readonly RetiredClass[],
  path: PropertyKey[],
): readonly PolicyProblem[] {
  let { to } = one;
  for (let step = 0; step <= retired.length; step++) {
    if (to === rules || present.includes(to)) return [];
    const next = retired.find(({ family, key }) => family === one.family && key === to);
    if (next === undefined)
      return [
        problemAt(path, `${one.family} has no class \`${to}\`; ${thereAre([...present, rules])}`),
      ];
    to = next.to;
  }
  return [problemAt(path, `\`${one.key}\` leads back to itself; name a class that there is`)];
}
