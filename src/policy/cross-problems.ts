import { z } from 'zod';
import { fieldKeys } from '../domain/field.ts';
import { isChoice } from '../domain/field-kinds.ts';
import { choicesOf } from './choices.ts';
import {
  type CrossCheck,
  crossCheck,
  type PolicyProblem,
  problemAt,
  thereAre,
} from './cross-check.ts';
import { familiesSchema } from './families-schema.ts';
import { retiredClasses } from './retired-problems.ts';

const keyed = z.array(z.object({ key: z.string() }));
const familyKeys = familiesSchema.keyof().options;
const tiers = z.object({ classes: keyed });
const key = z.string().nullish();

/** Every tier's service level and strategy is in its catalogue. */
const tierServices = crossCheck(
  z.object({
    tiers: z.object({ classes: z.array(z.object({ serviceLevel: key, strategy: key })) }),
    serviceLevels: keyed,
    strategies: keyed,
  }),
  ({ tiers: { classes }, serviceLevels, strategies }) =>
    classes.flatMap(({ serviceLevel, strategy }, at) => [
      ...unknownKey(['tiers', 'classes', at, 'serviceLevel'], serviceLevel, serviceLevels),
      ...unknownKey(['tiers', 'classes', at, 'strategy'], strategy, strategies),
    ]),
);

/** A named customer's floor is a tier, or was one. */
const floors = crossCheck(
  z.object({
    tiers,
    named: z.array(z.object({ floor: key })),
    retired: z.array(z.object({ family: z.string(), key: z.string() })).default([]),
  }),
  ({ tiers: { classes }, named, retired }) => {
    const gone = retired.filter(({ family }) => family === 'value_tier');
    return named.flatMap(({ floor }, at) =>
      unknownKey(['named', at, 'floor'], floor, [...classes, ...gone]),
    );
  },
);

function unknownKey(
  path: PropertyKey[],
  given: string | null | undefined,
  catalogue: readonly { readonly key: string }[],
): readonly PolicyProblem[] {
  const known = catalogue.map((entry) => entry.key);
  if (given === null || given === undefined || known.includes(given)) return [];
  return [problemAt(path, `nothing has the key \`${given}\`; ${thereAre(known)}`)];
}

const catalogues = {
  tiers: tiers.extend({ grades: z.array(z.string()) }),
  serviceLevels: keyed,
  strategies: keyed,
  families: z.record(z.enum(familyKeys), tiers),
};

/** A list by tiers names tiers. */
const listTiers = crossCheck(
  z.object({ tiers, lists: z.array(z.object({ tiers: z.array(z.string()).optional() })) }),
  ({ tiers: { classes }, lists }) => {
    const known = classes.map((tier) => tier.key);
    return lists.flatMap(({ tiers: named = [] }, at) =>
      named.flatMap((tier, place) =>
        known.includes(tier)
          ? []
          : problemAt(
              ['lists', at, 'tiers', place],
              `no tier has the key \`${tier}\`; ${thereAre(known)}`,
            ),
      ),
    );
  },
);

/** A list by a choice field names values that the field can have. */
const listValues = crossCheck(
  z.object({
    ...catalogues,
    lists: z.array(
      z.object({ field: z.enum(fieldKeys).optional(), values: z.array(z.string()).default([]) }),
    ),
  }),
  ({ lists, ...policy }) =>
    lists.flatMap(({ field, values }, at) => {
      if (field === undefined || !isChoice(field)) return [];
      const known = choicesOf(field, policy).map((choice) => choice.key);
      return values.flatMap((value, place) =>
        known.includes(value)
          ? []
          : problemAt(
              ['lists', at, 'values', place],
              `\`${field}\` is never \`${value}\`; ${thereAre(known)}`,
            ),
      );
    }),
);

const result = z.enum(fieldKeys);
const written = z.array(z.union([result, z.object({ result }).transform((field) => field.result)]));

/** A list goes by a result that is written: a CRM that keeps the list looks at the field. */
const listFields = crossCheck(
  z.object({
    fields: written,
    lists: z.array(z.object({ field: result.default('value_tier') })),
  }),
  ({ fields, lists }) =>
    lists.flatMap(({ field }, at) =>
      fields.includes(field)
        ? []
        : problemAt(
            ['lists', at],
            `goes by \`${field}\`, which is not among \`fields\`; add it there`,
          ),
    ),
);

/** A choice field has values to choose from. */
const emptyChoices = crossCheck(
  z.object({ ...catalogues, fields: written }),
  ({ fields, ...policy }) =>
    fields.flatMap((field, at) =>
      !isChoice(field) || choicesOf(field, policy).length > 0
        ? []
        : problemAt(['fields', at], `\`${field}\` has no values yet; give it some or leave it out`),
    ),
);

/** An amount that counts is somebody's: nobody is silent who bought in the window. */
const silence = crossCheck(
  z.object({ windowMonths: z.int(), scope: z.object({ silentMonths: z.int() }) }),
  ({ windowMonths, scope: { silentMonths } }) =>
    silentMonths >= windowMonths
      ? []
      : [
          problemAt(
            ['scope', 'silentMonths'],
            `is less than \`windowMonths\` (${windowMonths}), within which orders count; make it that or more`,
          ),
        ],
);

const checks: readonly CrossCheck[] = [
  silence,
  tierServices,
  floors,
  listTiers,
  listValues,
  listFields,
  emptyChoices,
  retiredClasses,
];

/** What is wrong between the sections of a policy file, whatever is wrong inside them. */
export function crossProblems(written: unknown): readonly PolicyProblem[] {
  return checks.flatMap((check) => check(written));
}
