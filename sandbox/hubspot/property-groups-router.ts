import express from 'express';
import { z } from 'zod';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { parseInput } from './body.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { objectTypeOf } from './record-lookup.ts';

const groupCreate = z.object({
  name: z.string().min(1),
  label: z.string().min(1),
  displayOrder: z.number().int().default(-1),
});
const groupUpdate = groupCreate.pick({ label: true }).extend({ displayOrder: z.number().int() });

/** `/crm/properties/{type}/groups` (README 18). */
export function propertyGroupsRouter({ schema }: Portal): express.Router {
  const router = express.Router({ mergeParams: true });

  router.get('/', (req, res) => {
    res.json({ results: schema.groups.all(typeOf(req)) });
  });
  router.post('/', (req, res) => {
    res.status(201).json(schema.groups.create(typeOf(req), parseInput(groupCreate, req.body)));
  });
  router.get('/:groupName', (req, res) => {
    res.json(schema.groups.get(typeOf(req), req.params.groupName));
  });
  router.patch('/:groupName', (req, res) => {
    const change = withoutUndefined(parseInput(groupUpdate.partial(), req.body));
    res.json(schema.groups.update(typeOf(req), req.params.groupName, change));
  });
  router.delete('/:groupName', (req, res) => {
    schema.archiveGroup(typeOf(req), req.params.groupName);
    res.status(204).end();
  });
  return router;
}

// The type stands in the path this router is mounted on, which its own route types do not know of.
function typeOf(req: express.Request): ObjectType {
  return objectTypeOf(z.object({ objectType: z.string() }).parse(req.params).objectType);
}
