import { z } from 'zod';

const withoutValue = { includeObjectsWithNoValueSet: z.boolean().default(false) };
const numeric = z.union([z.number(), z.string()]).transform(Number);

const textOperators = [
  'IS_EQUAL_TO',
  'IS_NOT_EQUAL_TO',
  'CONTAINS',
  'DOES_NOT_CONTAIN',
  'STARTS_WITH',
  'ENDS_WITH',
] as const;

const multistring = z.object({
  operationType: z.literal('MULTISTRING'),
  operator: z.enum(textOperators),
  values: z.array(z.string()).min(1),
  ...withoutValue,
});
const string = z.object({
  operationType: z.literal('STRING'),
  operator: z.enum(textOperators),
  value: z.string(),
  ...withoutValue,
});
const number = z.object({
  operationType: z.literal('NUMBER'),
  operator: z.enum([
    'IS_EQUAL_TO',
    'IS_NOT_EQUAL_TO',
    'IS_GREATER_THAN',
    'IS_GREATER_THAN_OR_EQUAL_TO',
    'IS_LESS_THAN',
    'IS_LESS_THAN_OR_EQUAL_TO',
  ]),
  value: numeric,
  ...withoutValue,
});
const numberRanged = z.object({
  operationType: z.literal('NUMBER_RANGED'),
  operator: z.enum(['IS_BETWEEN', 'IS_NOT_BETWEEN']),
  lowerBound: numeric,
  upperBound: numeric,
  ...withoutValue,
});
const bool = z.object({
  operationType: z.literal('BOOL'),
  operator: z.enum(['IS_EQUAL_TO', 'IS_NOT_EQUAL_TO']),
  value: z.union([z.boolean(), z.string()]).transform(String),
  ...withoutValue,
});
const enumeration = z.object({
  operationType: z.literal('ENUMERATION'),
  operator: z.enum(['IS_ANY_OF', 'IS_NONE_OF', 'IS_EXACTLY', 'IS_NOT_EXACTLY', 'CONTAINS_ALL']),
  values: z.array(z.string()).min(1),
  ...withoutValue,
});
const known = z.object({
  operationType: z.literal('ALL_PROPERTY'),
  operator: z.enum(['IS_KNOWN', 'IS_UNKNOWN']),
});

const operation = z.discriminatedUnion('operationType', [
  multistring,
  string,
  number,
  numberRanged,
  bool,
  enumeration,
  known,
]);
export type Operation = z.output<typeof operation>;
export type TextOperator = (typeof textOperators)[number];
export type NumberOperator = z.output<typeof number>['operator'];
export type ChoiceOperator = z.output<typeof enumeration>['operator'];

const propertyFilter = z.object({
  filterType: z.literal('PROPERTY'),
  property: z.string().min(1),
  operation,
});
type PropertyFilter = z.output<typeof propertyFilter>;

/** A node of a list's filter tree; only filters on the record's own properties are evaluated here. */
export interface FilterBranch {
  readonly filterBranchType: 'OR' | 'AND';
  readonly filterBranches: readonly FilterBranch[];
  readonly filters: readonly PropertyFilter[];
}

const branch: z.ZodType<FilterBranch> = z.object({
  filterBranchType: z.enum(['OR', 'AND']),
  get filterBranches() {
    return z.array(branch).default([]);
  },
  filters: z.array(propertyFilter).default([]),
});

/** Body field: the root is OR over one or more AND branches (README 19). */
export const filterBranch = branch.refine(
  (root) =>
    root.filterBranchType === 'OR' &&
    root.filterBranches.length > 0 &&
    root.filterBranches.every((child) => child.filterBranchType === 'AND'),
  { message: 'The root must be an OR branch with at least one AND branch and no other children.' },
);

/** The names of all properties a filter looks at: a record must be looked at again when one changes. */
export function filteredProperties(root: FilterBranch): readonly string[] {
  return [
    ...root.filters.map((filter) => filter.property),
    ...root.filterBranches.flatMap(filteredProperties),
  ];
}
