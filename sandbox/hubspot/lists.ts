import { ApiError, notFound, validationError } from './errors.ts';
import type { List, ProcessingType } from './list.ts';
import type { FilterBranch } from './list-filter.ts';
import { ListFolders } from './list-folders.ts';
import { Members } from './list-membership.ts';

/** A deleted list comes back for 90 days (README 19). */
const restorableMs = 90 * 86_400_000;

/** What a new list is made of, once its request has been read. */
export interface NewList {
  readonly name: string;
  readonly objectTypeId: string;
  readonly processingType: ProcessingType;
  readonly filterBranch?: FilterBranch | undefined;
  readonly listFolderId?: number | undefined;
  readonly customProperties?: Readonly<Record<string, string>> | undefined;
}

/** The lists of a portal and their members. Who belongs on a DYNAMIC one is `dynamic-lists.ts`'s. */
export class Lists {
  readonly folders = new ListFolders();
  readonly #lists = new Map<string, List>();
  readonly #members = new Map<string, Members>();
  #nextId = 1;

  /** Every list that is not deleted, by ascending id. */
  all(): readonly List[] {
    return [...this.#lists.values()].filter((list) => list.deletedAt === undefined);
  }

  find(listId: string): List | undefined {
    const list = this.#lists.get(listId);
    return list?.deletedAt === undefined ? list : undefined;
  }

  get(listId: string): List {
    const list = this.find(listId);
    if (list === undefined) throw notFound(`List does not exist with ID ${listId}.`);
    return list;
  }

  findByName(objectTypeId: string, name: string): List | undefined {
    return this.all().find((list) => list.objectTypeId === objectTypeId && list.name === name);
  }

  members(listId: string): Members {
    this.get(listId);
    const members = this.#members.get(listId) ?? new Members();
    this.#members.set(listId, members);
    return members;
  }

  create(input: NewList, userId: string, now: number): List {
    this.#checkName(input.name);
    if (input.processingType === 'DYNAMIC' && input.filterBranch === undefined) {
      throw validationError('A DYNAMIC list needs a filterBranch.');
    }
    const folderId = this.folders.get(input.listFolderId ?? 0).id;
    const list: List = {
      listId: String(this.#nextId),
      name: input.name,
      objectTypeId: input.objectTypeId,
      processingType: input.processingType,
      listVersion: 1,
      folderId,
      createdAt: now,
      updatedAt: now,
      filtersUpdatedAt: now,
      ...(input.filterBranch === undefined ? {} : { filterBranch: input.filterBranch }),
      customProperties: input.customProperties ?? {},
      createdById: userId,
      updatedById: userId,
    };
    this.#nextId += 1;
    return this.#save(list);
  }

  rename(listId: string, name: string, userId: string, now: number): List {
    const list = this.get(listId);
    if (list.name !== name) this.#checkName(name);
    return this.#save({ ...list, name, updatedById: userId, updatedAt: now });
  }

  /** Only a DYNAMIC list follows its filters, so only one may have them changed. */
  updateFilters(listId: string, filterBranch: FilterBranch, userId: string, now: number): List {
    const list = this.get(listId);
    if (list.processingType !== 'DYNAMIC') {
      throw validationError(`List ${listId} is ${list.processingType}; its filters are fixed.`);
    }
    return this.#save({
      ...list,
      filterBranch,
      listVersion: list.listVersion + 1,
      filtersUpdatedAt: now,
      updatedAt: now,
      updatedById: userId,
    });
  }

  /** Into the bin. Whether the name is free again is unknown; here it is (README C10). */
  remove(listId: string, now: number): void {
    this.#save({ ...this.get(listId), deletedAt: now });
  }

  restore(listId: string, now: number): void {
    const list = this.#lists.get(listId);
    if (list === undefined) throw notFound(`List does not exist with ID ${listId}.`);
    if (list.deletedAt === undefined) return;
    if (now - list.deletedAt > restorableMs) {
      throw validationError(`List ${listId} was deleted more than 90 days ago.`);
    }
    this.#checkName(list.name);
    const { deletedAt: _, ...restored } = list;
    this.#save(restored);
  }

  moveTo(listId: string, folderId: number): void {
    this.#save({ ...this.get(listId), folderId: this.folders.get(folderId).id });
  }

  /** Remembers when a DYNAMIC list becomes static; `undefined` forgets it. */
  scheduleConversion(listId: string, conversion: List['conversion']): List {
    const { conversion: _, ...list } = this.get(listId);
    if (list.processingType !== 'DYNAMIC') {
      throw validationError(`List ${listId} is ${list.processingType} already.`);
    }
    return this.#save(conversion === undefined ? list : { ...list, conversion });
  }

  /** Turns every list whose hour has come into a static one with the members it has. */
  convertDue(now: number): void {
    for (const list of this.all()) {
      if (list.processingType !== 'DYNAMIC') continue;
      if (list.conversion === undefined || list.conversion.at > now) continue;
      this.#save({ ...list, processingType: 'SNAPSHOT' });
    }
  }

  #save(list: List): List {
    this.#lists.set(list.listId, list);
    return list;
  }

  // Names are unique in the whole portal (README 19); the sub-category's name is ours (README C10).
  #checkName(name: string): void {
    if (!this.all().some((list) => list.name === name)) return;
    throw new ApiError(400, {
      status: 'error',
      message: `A list with the name "${name}" already exists.`,
      category: 'VALIDATION_ERROR',
      subCategory: 'ILS.DUPLICATE_LIST_NAMES',
    });
  }
}
