import type { Express } from 'express';
import type { JobFault } from './job-faults.ts';
import { type OAuthSettings, oauthRouter } from './oauth-router.ts';
import type { Org } from './org.ts';
import type { Tokens } from './tokens.ts';

/** What the routers need besides the org. */
export interface RouterSettings {
  readonly tokens: Tokens;
  readonly oauth: OAuthSettings;
  readonly jobFault: JobFault;
}

/** Puts every resource at its path. Fixed words stand before `/{module}`, which takes any word. */
export function mountRouters(app: Express, _org: Org, settings: RouterSettings): void {
  app.use('/oauth/v2', oauthRouter(settings.tokens, settings.oauth));
}
