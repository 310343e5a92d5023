import { conflict, notFound, validationError } from './errors.ts';

export interface ListFolder {
  readonly id: number;
  readonly name: string;
  /** The root is its own parent's absence: 0 has no parent. */
  readonly parentFolderId: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Folder 0 holds every list that was put nowhere else. */
const root: ListFolder = { id: 0, name: 'root', parentFolderId: 0, createdAt: 0, updatedAt: 0 };

/** The tree that lists are filed in. */
export class ListFolders {
  readonly #folders = new Map<number, ListFolder>([[root.id, root]]);
  #nextId = 1;

  get(id: number): ListFolder {
    const folder = this.#folders.get(id);
    if (folder === undefined) throw notFound(`Folder ${id} does not exist.`);
    return folder;
  }

  children(id: number): readonly ListFolder[] {
    return [...this.#folders.values()].filter(
      (folder) => folder.parentFolderId === id && folder.id !== root.id,
    );
  }

  create(name: string, parentFolderId: number, now: number): ListFolder {
    this.get(parentFolderId);
    if (this.children(parentFolderId).some((folder) => folder.name === name)) {
      throw conflict(`Folder ${name} already exists.`);
    }
    const folder = { id: this.#nextId, name, parentFolderId, createdAt: now, updatedAt: now };
    this.#nextId += 1;
    return this.#save(folder);
  }

  rename(id: number, name: string, now: number): ListFolder {
    return this.#save({ ...this.#movable(id), name, updatedAt: now });
  }

  move(id: number, parentFolderId: number, now: number): ListFolder {
    const folder = this.#movable(id);
    this.get(parentFolderId);
    if (this.#isInside(parentFolderId, id)) {
      throw validationError(`Folder ${id} cannot move into itself.`);
    }
    return this.#save({ ...folder, parentFolderId, updatedAt: now });
  }

  remove(id: number): void {
    this.#movable(id);
    if (this.children(id).length > 0) throw validationError(`Folder ${id} is not empty.`);
    this.#folders.delete(id);
  }

  #isInside(id: number, ancestor: number): boolean {
    if (id === ancestor) return true;
    return id !== root.id && this.#isInside(this.get(id).parentFolderId, ancestor);
  }

  #movable(id: number): ListFolder {
    if (id === root.id) throw validationError('The root folder cannot be changed.');
    return this.get(id);
  }

  #save(folder: ListFolder): ListFolder {
    this.#folders.set(folder.id, folder);
    return folder;
  }
}
