import express from 'express';
import { addConvertRoute } from './convert-lead.ts';
import { addDeletedRoute } from './deleted-routes.ts';
import { addListRoute, addRecordRoute } from './list-routes.ts';
import { addMassUpdateRoute } from './mass-update-route.ts';
import { addMergeRoute } from './merge-routes.ts';
import type { Org } from './org.ts';
import { recycleBinRouter } from './recycle-bin-router.ts';
import { addDeletedRelatedRoute, addRelatedRoute, addRelationRoutes } from './related-routes.ts';
import { addCountRoute, addSearchRoute } from './search-routes.ts';
import { addCreateRoutes, addDeleteRoutes, addUpdateRoutes } from './write-routes.ts';

/** Records of every module, at `/{module}`, and the recycle bin. Fixed words stand first. */
export function recordsRouter(org: Org): express.Router {
  const router = express.Router();
  router.use(recycleBinRouter(org));
  addDeletedRoute(router, org);
  addDeletedRelatedRoute(router, org);
  addSearchRoute(router, org);
  addCountRoute(router, org);
  addMassUpdateRoute(router, org);
  addMergeRoute(router, org);
  addConvertRoute(router, org);
  addListRoute(router, org);
  addRecordRoute(router, org);
  addCreateRoutes(router, org);
  addUpdateRoutes(router, org);
  addDeleteRoutes(router, org);
  addRelatedRoute(router, org);
  addRelationRoutes(router, org);
  return router;
}
