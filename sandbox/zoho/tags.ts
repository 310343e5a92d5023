import { ZohoError } from './errors.ts';
import type { IdSequence } from './id-sequence.ts';
import type { ModuleName } from './module-names.ts';
import type { Edition, OrgOptions } from './org-options.ts';

/** A word stuck on records of one module, shared by everybody in the org. */
export interface Tag {
  readonly id: string;
  readonly module: ModuleName;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface TagCaps {
  readonly perRecord: number;
  readonly perModule: number;
}

const maxNameLength = 25;

/** Facts §1; of the free edition nothing is stated: it has what Standard has. */
const caps: Readonly<Record<Edition, TagCaps>> = {
  free: { perRecord: 5, perModule: 20 },
  standard: { perRecord: 5, perModule: 20 },
  professional: { perRecord: 10, perModule: 60 },
  enterprise: { perRecord: 10, perModule: 100 },
  ultimate: { perRecord: 10, perModule: 200 },
};

/** The tags of an org. Which record has which stands in the record. */
export class Tags {
  readonly caps: TagCaps;
  readonly #ids: IdSequence;
  readonly #clock: () => number;
  readonly #tags = new Map<string, Tag>();

  constructor(ids: IdSequence, options: OrgOptions) {
    this.#ids = ids;
    this.#clock = options.clock;
    this.caps = caps[options.edition];
  }

  /** Oldest first. */
  all(module: ModuleName): readonly Tag[] {
    return [...this.#tags.values()].filter((tag) => tag.module === module);
  }

  byId(id: string): Tag | undefined {
    return this.#tags.get(id);
  }

  /** Names are the same whatever their letters' case. */
  byName(module: ModuleName, name: string): Tag | undefined {
    const wanted = name.trim().toLowerCase();
    return this.all(module).find((tag) => tag.name.toLowerCase() === wanted);
  }

  create(module: ModuleName, name: string): Tag {
    this.checkName(module, name);
    if (this.all(module).length >= this.caps.perModule)
      throw new ZohoError(400, 'LICENSE_LIMIT_EXCEEDED', 'tags edition limit exceeded', {
        limit: this.caps.perModule,
      });
    const now = this.#clock();
    const tag = {
      id: this.#ids.take(),
      module,
      name: name.trim(),
      createdAt: now,
      modifiedAt: now,
    };
    this.#tags.set(tag.id, tag);
    return tag;
  }

  /** Throws unless a new tag may be called so. */
  checkName(module: ModuleName, name: string): void {
    const path = { api_name: 'name', json_path: '$.tags[0].name' };
    if (name.trim() === '')
      throw new ZohoError(400, 'MANDATORY_NOT_FOUND', 'required field not found', path);
    if (name.trim().length > maxNameLength) {
      const details = { maximum_length: maxNameLength, ...path };
      throw new ZohoError(400, 'INVALID_DATA', 'invalid data', details);
    }
    if (this.byName(module, name) !== undefined)
      throw new ZohoError(400, 'DUPLICATE_DATA', 'duplicate data', path);
  }

  rename(id: string, name: string): Tag {
    const tag = this.#require(id);
    if (tag.name.toLowerCase() !== name.trim().toLowerCase()) this.checkName(tag.module, name);
    const renamed = { ...tag, name: name.trim(), modifiedAt: this.#clock() };
    this.#tags.set(id, renamed);
    return renamed;
  }

  /** Records that carried it keep its id, which then leads nowhere. */
  delete(id: string): Tag {
    const tag = this.#require(id);
    this.#tags.delete(id);
    return tag;
  }

  #require(id: string): Tag {
    const tag = this.#tags.get(id);
    if (tag !== undefined) return tag;
    throw new ZohoError(400, 'INVALID_DATA', 'the id given seems to be invalid', {
      ...{ api_name: 'id', json_path: '$.tags[0].id' },
    });
  }
}
