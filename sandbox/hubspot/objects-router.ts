import { Router } from 'express';
import { addBatchReadRoutes } from './batch-read-routes.ts';
import { addBatchWriteRoutes } from './batch-write-routes.ts';
import type { Portal } from './portal.ts';
import { addRecordAssociationRoutes } from './record-association-routes.ts';
import { addListRoute, addMergeRoutes, addRecordRoutes } from './record-routes.ts';
import { addSearchRoute } from './search-routes.ts';

/** Contacts, companies and deals, mounted at `/crm/objects` (README 7). */
export function objectsRouter(portal: Portal): Router {
  const router = Router();
  addSearchRoute(router, portal);
  addBatchReadRoutes(router, portal);
  addBatchWriteRoutes(router, portal);
  addMergeRoutes(router, portal);
  addRecordAssociationRoutes(router, portal);
  addListRoute(router, portal);
  addRecordRoutes(router, portal);
  return router;
}
