import express from 'express';
import { z } from 'zod';
import { parseInput } from './body.ts';
import { iso } from './list.ts';
import type { ListFolder } from './list-folders.ts';
import type { Portal } from './portal.ts';

const id = z.coerce.number().int();
const create = z.object({ name: z.string().min(1), parentFolderId: id.default(0) });
const move = z.object({ listId: z.coerce.string(), newFolderId: id });
const rename = z.object({ newFolderName: z.string().min(1) });

/** `/crm/lists/folders`: where people file their lists. */
export function listFoldersRouter({ lists, clock }: Portal): express.Router {
  const { folders } = lists;
  const router = express.Router();

  router.get('/', (req, res) => {
    const { folderId } = parseInput(z.object({ folderId: id.default(0) }), req.query);
    res.json({ folder: render(folders.get(folderId)) });
  });
  router.post('/', (req, res) => {
    const { name, parentFolderId } = parseInput(create, req.body);
    res.json({ folder: render(folders.create(name, parentFolderId, clock())) });
  });
  router.put('/move-list', (req, res) => {
    const { listId, newFolderId } = parseInput(move, req.body);
    lists.moveTo(listId, newFolderId);
    res.status(204).end();
  });
  router.put('/:folderId/rename', (req, res) => {
    const { newFolderName } = parseInput(rename, req.query);
    res.json({
      folder: render(folders.rename(id.parse(req.params.folderId), newFolderName, clock())),
    });
  });
  router.put('/:folderId/move/:newParentFolderId', (req, res) => {
    const folderId = id.parse(req.params.folderId);
    const parentId = id.parse(req.params.newParentFolderId);
    res.json({ folder: render(folders.move(folderId, parentId, clock())) });
  });
  router.delete('/:folderId', (req, res) => {
    folders.remove(id.parse(req.params.folderId));
    res.status(204).end();
  });

  function render(folder: ListFolder): Readonly<Record<string, unknown>> {
    const inside = lists.all().filter((list) => list.folderId === folder.id);
    return {
      id: folder.id,
      name: folder.name,
      parentFolderId: folder.parentFolderId,
      childLists: inside.map((list) => Number(list.listId)),
      childNodes: folders.children(folder.id).map(render),
      createdAt: iso(folder.createdAt),
      updatedAt: iso(folder.updatedAt),
    };
  }

  return router;
}
