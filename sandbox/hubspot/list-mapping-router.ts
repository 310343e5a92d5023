import express from 'express';
import { z } from 'zod';
import { parseInput } from './body.ts';
import { notFound } from './errors.ts';
import type { Portal } from './portal.ts';

const one = z.object({ legacyListId: z.string() });
const many = z.array(z.string()).max(10_000);

/** `/crm/lists/idmapping`: ids of the lists API before this one. Here both are the same number. */
export function listMappingRouter({ lists }: Portal): express.Router {
  const router = express.Router();

  router.get('/', (req, res) => {
    const { legacyListId } = parseInput(one, req.query);
    if (lists.find(legacyListId) === undefined) throw notFound(`No list ${legacyListId}.`);
    res.json({ listId: legacyListId, legacyListId });
  });
  router.post('/', (req, res) => {
    const asked = parseInput(many, req.body);
    const known = asked.filter((id) => lists.find(id) !== undefined);
    res.json({
      legacyListIdsToIdsMapping: known.map((id) => ({ listId: id, legacyListId: id })),
      missingLegacyListIds: asked.filter((id) => !known.includes(id)),
    });
  });
  return router;
}
