import { validationError } from './errors.ts';
import type { List } from './list.ts';
import { type FilterBranch, filteredProperties } from './list-filter.ts';
import { matchesFilter } from './list-filter-match.ts';
import type { Members } from './list-membership.ts';
import { type ObjectType, parseObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { propertyReader } from './property-reader.ts';

/**
 * Puts records on lists by their filters. A DYNAMIC list is brought up to date when someone looks at
 * it after a record has changed, so that a million writes between two looks cost nothing.
 */
export class DynamicLists {
  readonly #portal: Portal;
  readonly #evaluated = new Map<string, string>();

  constructor(portal: Portal) {
    this.#portal = portal;
  }

  /** The members as they are now, whatever kind of list it is. */
  members(list: List): Members {
    const members = this.#portal.lists.members(list.listId);
    if (list.processingType === 'DYNAMIC') this.#refresh(list, members);
    return members;
  }

  /** Runs the filter of a new SNAPSHOT list, this once. */
  take(list: List): void {
    if (list.processingType === 'SNAPSHOT') this.#evaluate(list, this.members(list));
  }

  /** 400 for a filter on a property that the records do not have. */
  check(type: ObjectType, filter: FilterBranch): void {
    for (const name of filteredProperties(filter)) {
      if (this.#portal.schema.definition(type, name) !== undefined) continue;
      throw validationError(`The filter names the property ${name}, which does not exist.`);
    }
  }

  #refresh(list: List, members: Members): void {
    const { revision } = this.#portal.objects[typeOf(list)];
    const seen = `${list.listVersion}/${revision}`;
    if (this.#evaluated.get(list.listId) === seen) return;
    this.#evaluate(list, members);
    this.#evaluated.set(list.listId, seen);
  }

  #evaluate(list: List, members: Members): void {
    const { filterBranch } = list;
    if (filterBranch === undefined) return;
    const type = typeOf(list);
    const store = this.#portal.objects[type];
    const now = this.#portal.clock();
    const readers = new Map(
      filteredProperties(filterBranch).map((name) => [
        name,
        propertyReader(this.#portal, type, name),
      ]),
    );
    for (const slot of store.slotsFrom(0)) {
      const record = store.at(slot);
      const belongs = matchesFilter(filterBranch, (name) => readers.get(name)?.(record));
      if (belongs) members.add(record.id, now);
      else if (members.has(record.id)) members.remove(record.id);
    }
  }
}

/** The records a list is of. */
export function typeOf(list: List): ObjectType {
  const type = parseObjectType(list.objectTypeId);
  if (type === undefined) throw validationError(`Unknown object type ${list.objectTypeId}.`);
  return type;
}
