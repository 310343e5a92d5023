import { describe, expect, it } from 'vitest';
import { provesItsClaims, refusal, startConformance } from './conformance.ts';

const { client, called } = await startConformance();
const { foldersApi, listsApi, mappingApi } = client.crm.lists;

const newFolder = async (name: string) => String((await foldersApi.create({ name })).folder.id);
const newList = async (name: string) =>
  (await listsApi.create({ name, objectTypeId: '0-1', processingType: 'MANUAL' })).list.listId;

describe('folders of lists', () => {
  it('are created, renamed, moved into each other, and removed', async () => {
    const [outer, inner] = [await newFolder('Outer'), await newFolder('Inner')];
    expect((await foldersApi.rename(inner, 'Renamed')).folder.name).toBe('Renamed');
    expect((await foldersApi.move(inner, outer)).folder.parentFolderId).toBe(Number(outer));
    const { folder } = await foldersApi.getAll(outer);
    expect(folder.childNodes.map(({ name }) => name)).toEqual(['Renamed']);
    await foldersApi.remove(inner);
    expect((await foldersApi.getAll(outer)).folder.childNodes).toEqual([]);
  });

  it('hold lists', async () => {
    const [folder, list] = [await newFolder('Holds lists'), await newList('Held')];
    await foldersApi.moveList({ listId: list, newFolderId: folder });
    expect((await foldersApi.getAll(folder)).folder.childLists.map(String)).toEqual([list]);
  });

  it('refuse to move into themselves', async () => {
    const folder = await newFolder('Ouroboros');
    expect((await refusal(foldersApi.move(folder, folder))).code).toBe(400);
  });
});

describe('the mapping of old list ids', () => {
  it('names the new id, and what it does not know', async () => {
    const list = await newList('Was there before');
    const one = await mappingApi.translateLegacyListIdToListId(list);
    expect(one).toEqual(expect.objectContaining({ legacyListId: list, listId: list }));
    const many = await mappingApi.translateLegacyListIdToListIdBatch([list, '999999999']);
    expect(many.legacyListIdsToIdsMapping).toHaveLength(1);
    expect(many.missingLegacyListIds).toEqual(['999999999']);
  });
});

provesItsClaims('list-folders', called);
