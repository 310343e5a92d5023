import { OBJECT_TYPE_FACTS, type ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { compileFilter, type Predicate } from './search-predicate.ts';
import type { SearchFilter } from './search-request.ts';
import { instantOf, numberOf } from './search-values.ts';

interface Range {
  readonly low: number;
  readonly high: number;
}

/** One filter group: ranges that a walk over the columns decides, and tests for whatever is left. */
export interface GroupPlan {
  readonly ids: Range;
  readonly modified: Range;
  readonly tests: readonly Predicate[];
}

const ALL: Range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/**
 * Takes the bounds on record id and modified date out of a group: the first becomes a binary
 * search, the second two comparisons on a typed array. These are what incremental readers ask.
 */
export function planGroup(
  portal: Portal,
  type: ObjectType,
  filters: readonly SearchFilter[],
): GroupPlan {
  const { modifiedProperty } = OBJECT_TYPE_FACTS[type];
  const modifiedDate = portal.schema.definition(type, modifiedProperty);
  const recordId = portal.schema.definition(type, 'hs_object_id');
  let [ids, modified] = [ALL, ALL];
  const tests: Predicate[] = [];
  for (const filter of filters) {
    const asId = recordId && rangeOf(filter, 'hs_object_id', (text) => numberOf(recordId, text));
    const asDate =
      modifiedDate && rangeOf(filter, modifiedProperty, (text) => instantOf(modifiedDate, text));
    if (asId !== undefined) ids = overlap(ids, asId);
    else if (asDate !== undefined) modified = overlap(modified, asDate);
    else tests.push(compileFilter(portal, type, filter));
  }
  return { ids, modified, tests };
}

// Both columns hold whole numbers, so an open bound is the closed one next to it.
function rangeOf(
  { propertyName, operator, value, highValue }: SearchFilter,
  name: string,
  parse: (text: string) => number,
): Range | undefined {
  if (propertyName !== name || value === undefined) return undefined;
  switch (operator) {
    case 'EQ':
      return { low: parse(value), high: parse(value) };
    case 'GT':
      return { ...ALL, low: Math.floor(parse(value)) + 1 };
    case 'GTE':
      return { ...ALL, low: parse(value) };
    case 'LT':
      return { ...ALL, high: Math.ceil(parse(value)) - 1 };
    case 'LTE':
      return { ...ALL, high: parse(value) };
    case 'BETWEEN':
      return highValue === undefined ? undefined : { low: parse(value), high: parse(highValue) };
    default:
      return undefined;
  }
}

function overlap(a: Range, b: Range): Range {
  return { low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) };
}
