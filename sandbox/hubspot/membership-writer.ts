import { typeOf } from './dynamic-lists.ts';
import { validationError } from './errors.ts';
import type { List } from './list.ts';
import type { Members } from './list-membership.ts';
import type { ObjectStore } from './object-store.ts';
import type { Portal } from './portal.ts';

/** `add-from` and remove-all are refused on lists of this size (README 19). */
const maxWholeList = 100_000;

/** What became of each id. HubSpot spells only `recordsIdsAdded` so (README 19). */
export interface MembershipChange {
  readonly recordsIdsAdded: readonly string[];
  readonly recordIdsRemoved: readonly string[];
  readonly recordIdsMissing: readonly string[];
}

/** Writes members of static lists. Unknown ids, or ids already there, are no errors (README 19). */
export class MembershipWriter {
  readonly #portal: Portal;

  constructor(portal: Portal) {
    this.#portal = portal;
  }

  change(list: List, toAdd: readonly string[], toRemove: readonly string[]): MembershipChange {
    const members = this.#portal.lists.members(list.listId);
    const store = this.#portal.objects[typeOf(list)];
    const now = this.#portal.clock();
    const isMissing = (id: string) => !isLive(store, Number(id));
    return {
      recordsIdsAdded: toAdd.filter((id) => !isMissing(id) && members.add(Number(id), now)),
      recordIdsRemoved: toRemove.filter((id) => members.remove(Number(id))),
      recordIdsMissing: [...new Set([...toAdd, ...toRemove])].filter(isMissing),
    };
  }

  addFrom(list: List, source: Members): void {
    checkSize(source);
    const members = this.#portal.lists.members(list.listId);
    for (const id of source.ids()) members.add(id, this.#portal.clock());
  }

  clear(list: List): void {
    const members = this.#portal.lists.members(list.listId);
    checkSize(members);
    members.clear();
  }
}

function isLive(store: ObjectStore, id: number): boolean {
  const slot = store.slotOf(id);
  return slot !== undefined && store.isLive(slot);
}

function checkSize(members: Members): void {
  if (members.size < maxWholeList) return;
  throw validationError(`Lists of ${maxWholeList} records and more cannot be changed as a whole.`);
}
