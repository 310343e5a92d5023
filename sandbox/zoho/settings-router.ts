import { Router } from 'express';
import { customViewsRouter } from './custom-views-router.ts';
import { fieldsRouter } from './fields-router.ts';
import { layoutsRouter } from './layouts-router.ts';
import { modulesRouter } from './modules-router.ts';
import type { Org } from './org.ts';
import { tagsRouter } from './tags-router.ts';

/** Metadata (facts §6). Mount it before the records, which take any word for a module. */
export function settingsRouter(org: Org): Router {
  const router = Router();
  router.use(modulesRouter(org), fieldsRouter(org), layoutsRouter(org));
  router.use(customViewsRouter(org), tagsRouter(org));
  // `/contacts/roles` in newer texts, `/Contacts/roles` in older ones (facts §9): both do.
  router.get('/Contacts/roles', (_req, res) => {
    const roles = org.contactRoles.all();
    res.json({
      contact_roles: roles.map((role, index) => ({ ...role, sequence_number: index + 1 })),
    });
  });
  return router;
}
