import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { isCalculated } from './property-reader.ts';
import { type GroupPlan, planGroup } from './search-plan.ts';
import { textQuery } from './search-query.ts';
import type { SearchRequest } from './search-request.ts';
import { scan } from './search-scan.ts';
import { sortedSlots } from './search-sort.ts';

/** What a search found: how many in all, and the slots up to the wall, in order. */
export interface SearchOutcome {
  readonly total: number;
  readonly slots: readonly number[];
}

/** How many outcomes are kept: enough for as many callers paging at once as the limits allow. */
const KEPT = 16;

/**
 * Search over one portal. Paging asks the same question again and again, so an outcome is kept
 * until a record or a link changes, or the index catches up with an older change.
 */
export class SearchEngine {
  readonly #portal: Portal;
  readonly #kept = new Map<string, SearchOutcome>();

  constructor(portal: Portal) {
    this.#portal = portal;
  }

  search(type: ObjectType, request: SearchRequest): SearchOutcome {
    this.#portal.objects[type].settle(this.#portal.clock());
    // Planned even when the outcome is kept: the properties may be gone since.
    const plans = this.#plan(type, request);
    if (!isKeepable(type, request)) return this.#run(type, request, plans);
    const key = this.#key(type, request);
    const outcome = this.#kept.get(key) ?? this.#run(type, request, plans);
    // Taken out and put back: the map's first entry is the one not asked for longest.
    this.#kept.delete(key);
    this.#kept.set(key, outcome);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return outcome;
  }

  #plan(type: ObjectType, { groups, query }: SearchRequest): readonly GroupPlan[] {
    const inText = query === undefined ? [] : [textQuery(type, query)];
    return (groups.length === 0 ? [[]] : groups).map((filters) => {
      const plan = planGroup(this.#portal, type, filters);
      return { ...plan, tests: [...plan.tests, ...inText] };
    });
  }

  #run(type: ObjectType, { sort }: SearchRequest, plans: readonly GroupPlan[]): SearchOutcome {
    const found = scan(this.#portal.objects[type], plans);
    return { total: found.length, slots: sortedSlots(this.#portal, type, found, sort) };
  }

  #key(type: ObjectType, { groups, query, sort }: SearchRequest): string {
    const { revision } = this.#portal.objects[type];
    const links = this.#portal.associations.revision;
    return JSON.stringify([type, groups, query, sort, revision, links]);
  }
}

/** Values made from stages, rates or other records change without any change of this type's own. */
function isKeepable(type: ObjectType, { groups, sort }: SearchRequest): boolean {
  const names = [...groups.flat(), ...(sort === undefined ? [] : [sort])];
  return names.every(({ propertyName }) => !isCalculated(type, propertyName));
}
