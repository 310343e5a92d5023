import { validationError } from './errors.ts';
import { parseInstant } from './instant.ts';
import { OBJECT_TYPE_FACTS, type ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { propertyReader } from './property-reader.ts';
import type { StoredRecord } from './record.ts';
import { SEARCH_WALL, type SearchSort } from './search-request.ts';

type Key = number | string | undefined;
type KeyOf = (record: StoredRecord) => Key;

interface Ranked {
  readonly slot: number;
  readonly key: Key;
}

/**
 * The slots search can reach, in the order asked for; without a rule, oldest first. Equal keys keep
 * the order of ids, and records without a value come last either way (README C16).
 */
export function sortedSlots(
  portal: Portal,
  type: ObjectType,
  slots: readonly number[],
  sort: SearchSort | undefined,
): readonly number[] {
  if (sort === undefined) return slots.slice(0, SEARCH_WALL);
  const keyOf = sortKey(portal, type, sort.propertyName);
  const sign = sort.descending ? -1 : 1;
  const compare = (a: Ranked, b: Ranked) => sign * compareKeys(a, b, sign) || a.slot - b.slot;
  const store = portal.objects[type];
  return firstSorted(
    slots.map((slot) => ({ slot, key: keyOf(store.at(slot)) })),
    compare,
  ).map(({ slot }) => slot);
}

/** The first {@link SEARCH_WALL} in order, without sorting the rest of a million. */
function firstSorted(
  ranked: readonly Ranked[],
  compare: (a: Ranked, b: Ranked) => number,
): readonly Ranked[] {
  let best: Ranked[] = [];
  let last: Ranked | undefined;
  for (const one of ranked) {
    if (last !== undefined && compare(one, last) > 0) continue;
    best.push(one);
    if (best.length < 2 * SEARCH_WALL) continue;
    best = best.toSorted(compare).slice(0, SEARCH_WALL);
    last = best.at(-1);
  }
  return best.toSorted(compare).slice(0, SEARCH_WALL);
}

// `sign` puts the empty ones last in both directions.
function compareKeys({ key: a }: Ranked, { key: b }: Ranked, sign: number): number {
  if (a === b) return 0;
  if (a === undefined) return sign;
  if (b === undefined) return -sign;
  return a < b ? -1 : 1;
}

function sortKey(portal: Portal, type: ObjectType, name: string): KeyOf {
  if (name === 'hs_object_id') return ({ id }) => id;
  if (name === OBJECT_TYPE_FACTS[type].modifiedProperty) return ({ updatedAt }) => updatedAt;
  const definition = portal.schema.definition(type, name);
  const read = propertyReader(portal, type, name);
  if (definition === undefined || read === undefined)
    throw validationError(`Cannot sort by ${name}: no such property.`);
  const parse = keyParser(definition.type);
  return (record) => {
    const value = read(record);
    return value === undefined ? undefined : parse(value);
  };
}

function keyParser(type: string): (value: string) => Key {
  if (type === 'number') return Number;
  if (type === 'date' || type === 'datetime') return parseInstant;
  return (value) => value.toLowerCase();
}
