import express from 'express';
import { compositeRouter } from './composite-router.ts';
import { coqlRouter } from './coql-router.ts';
import { featuresRouter } from './features-router.ts';
import type { JobFault } from './job-faults.ts';
import { type OAuthSettings, oauthRouter } from './oauth-router.ts';
import type { Org } from './org.ts';
import { orgRouter } from './org-router.ts';
import { settingsRouter } from './settings-router.ts';
import type { Tokens } from './tokens.ts';
import { usersRouter } from './users-router.ts';

/** What the routers need besides the org. */
export interface RouterSettings {
  readonly tokens: Tokens;
  readonly oauth: OAuthSettings;
  readonly jobFault: JobFault;
  /** By which a composite call is known to call on its own behalf. */
  readonly partSecret: string;
}

/** Every resource at its path. Fixed words stand before `/{module}`, which takes any word. */
export function resources(org: Org, settings: RouterSettings): express.Router {
  const router = express.Router();
  router.use('/oauth/v2', oauthRouter(settings.tokens, settings.oauth));
  router.use('/crm/v8', compositeRouter(org, settings.partSecret));
  router.use('/crm/v8', coqlRouter(org));
  router.use('/crm/v8', settingsRouter(org), usersRouter(org), orgRouter(org), featuresRouter(org));
  return router;
}
