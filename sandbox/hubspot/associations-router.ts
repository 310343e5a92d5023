import { Router } from 'express';
import { addAssociationArchives, addAssociationCreates } from './association-batch-writes.ts';
import { addLabelRoutes } from './association-label-routes.ts';
import { addAssociationReads } from './association-reads.ts';
import type { Portal } from './portal.ts';

/** Associations in batches, and their labels, mounted at `/crm/associations` (README 15). */
export function associationsRouter(portal: Portal): Router {
  const router = Router();
  addAssociationReads(router, portal);
  addAssociationCreates(router, portal);
  addAssociationArchives(router, portal);
  addLabelRoutes(router, portal);
  return router;
}
