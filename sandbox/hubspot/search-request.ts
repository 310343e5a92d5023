import { z } from 'zod';
import { parseInput } from './body.ts';
import { validationError } from './errors.ts';

/** All thirteen (README 12). */
const SEARCH_OPERATORS = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;

/** README 12; where HubSpot's pages and specification differ, the pages' numbers are used. */
const MAX_BODY_CHARACTERS = 3_000;
const MAX_GROUPS = 5;
const MAX_FILTERS_IN_GROUP = 6;
const MAX_FILTERS = 18;
const MAX_PAGE = 200;
/** Search reaches the first ten thousand matches of a query, no further. */
export const SEARCH_WALL = 10_000;

const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

const filter = z.object({
  propertyName: z.string().min(1),
  operator: z.enum(SEARCH_OPERATORS),
  value: text.optional(),
  highValue: text.optional(),
  values: z.array(text).optional(),
});
export type SearchFilter = Readonly<z.output<typeof filter>>;

const sortRule = z.union([
  z.string().transform((name) => ({
    propertyName: name.replace(/^-/, ''),
    descending: name.startsWith('-'),
  })),
  z
    .object({
      propertyName: z.string(),
      direction: z.enum(['ASCENDING', 'DESCENDING']).default('ASCENDING'),
    })
    .transform(({ propertyName, direction }) => ({
      propertyName,
      descending: direction === 'DESCENDING',
    })),
]);
export type SearchSort = Readonly<z.output<typeof sortRule>>;

const offset = z.union([
  z.number().int().min(0),
  z
    .string()
    .regex(/^\d*$/, 'after must be an integer')
    .transform((digits) => Number(digits)),
]);

const body = z.object({
  filterGroups: z.array(z.object({ filters: z.array(filter).default([]) })).default([]),
  sorts: z.array(sortRule).max(1, 'Only one sort rule is allowed.').default([]),
  query: z.string().optional(),
  properties: z.array(z.string()).default([]),
  limit: z.coerce.number().int().min(0).max(MAX_PAGE).default(10),
  after: offset.default(0),
});

/** A search that passed all limits; an empty group list finds every record. */
export interface SearchRequest {
  readonly groups: readonly (readonly SearchFilter[])[];
  readonly sort: SearchSort | undefined;
  readonly query: string | undefined;
  readonly properties: readonly string[];
  readonly limit: number;
  readonly offset: number;
}

/** Reads the body of a search, or refuses it with the 400 that HubSpot gives. */
export function parseSearchRequest(input: unknown): SearchRequest {
  if (JSON.stringify(input ?? {}).length > MAX_BODY_CHARACTERS)
    throw validationError(`The request body must be at most ${MAX_BODY_CHARACTERS} characters.`);
  const { filterGroups, sorts, query, properties, limit, after } = parseInput(body, input);
  const groups = filterGroups.map(({ filters }) => filters);
  checkFilterCount(groups);
  if (after + limit > SEARCH_WALL)
    throw validationError(`Paging through more than ${SEARCH_WALL} results is not possible.`);
  return {
    groups,
    sort: sorts[0],
    query: query?.trim() || undefined,
    properties,
    limit,
    offset: after,
  };
}

function checkFilterCount(groups: SearchRequest['groups']): void {
  if (groups.length > MAX_GROUPS)
    throw validationError(`A search may have at most ${MAX_GROUPS} filterGroups.`);
  if (groups.some((filters) => filters.length > MAX_FILTERS_IN_GROUP))
    throw validationError(`A filterGroup may have at most ${MAX_FILTERS_IN_GROUP} filters.`);
  if (groups.flat().length > MAX_FILTERS)
    throw validationError(`A search may have at most ${MAX_FILTERS} filters in total.`);
}
