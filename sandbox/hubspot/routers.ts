import type { Express } from 'express';
import { accountRouter } from './account-router.ts';
import { associationsRouter } from './associations-router.ts';
import { currenciesRouter } from './currencies-router.ts';
import type { CallLimits } from './limit-calls.ts';
import { listsRouter } from './lists-router.ts';
import { oauthRouter } from './oauth-router.ts';
import { objectsRouter } from './objects-router.ts';
import { type Owner, ownersRouter } from './owners-router.ts';
import { pipelinesRouter } from './pipelines-router.ts';
import type { Portal } from './portal.ts';
import { limitsRouter, propertiesRouter } from './properties-router.ts';
import type { Tokens } from './tokens.ts';

/** What the routers need besides the portal. */
export interface RouterSettings {
  readonly tokens: Tokens;
  readonly limits: CallLimits;
  readonly owners: readonly Owner[] | undefined;
  readonly rotateRefreshTokens: boolean;
  readonly maxMembershipIds: number;
}

/**
 * Puts every resource at its path without version. Exports and imports have no router yet: their
 * endpoints are known, so a token without the scope gets its 403, and one with it a 404.
 */
export function mountRouters(app: Express, portal: Portal, settings: RouterSettings): void {
  app.use('/crm/objects', objectsRouter(portal));
  app.use('/crm/associations', associationsRouter(portal));
  app.use('/crm/properties', propertiesRouter(portal));
  app.use('/crm/limits', limitsRouter(portal));
  app.use('/crm/lists', listsRouter(portal, settings));
  app.use('/crm/pipelines', pipelinesRouter(portal));
  app.use('/crm/owners', ownersRouter(portal, settings.owners));
  app.use('/account-info', accountRouter(portal, settings.limits));
  app.use('/settings/currencies', currenciesRouter(portal));
  app.use('/oauth', oauthRouter(portal, settings));
}
