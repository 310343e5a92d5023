import type { Router } from 'express';
import { type BulkReadOptions, bulkReadRouter } from './bulk-read-router.ts';
import { type BulkWriteOptions, bulkWriteRouter } from './bulk-write-router.ts';
import { compositeRouter } from './composite-router.ts';
import { type CoqlOptions, coqlRouter } from './coql-router.ts';
import { featuresRouter } from './features-router.ts';
import type { JobFault } from './job-faults.ts';
import { type OAuthSettings, oauthRouter } from './oauth-router.ts';
import type { Org } from './org.ts';
import { orgRouter } from './org-router.ts';
import { recordsRouter } from './records-router.ts';
import { settingsRouter } from './settings-router.ts';
import { tagActionsRouter } from './tag-actions-router.ts';
import type { Tokens } from './tokens.ts';
import { uploadRouter } from './upload-router.ts';
import { usersRouter } from './users-router.ts';
import { watchRouter } from './watch-router.ts';

/** How single resources behave where no source is sure. Everything has a default. */
export interface ResourceOptions {
  readonly coql?: Partial<CoqlOptions> | undefined;
  readonly bulkRead?: Partial<Omit<BulkReadOptions, 'jobFault'>> | undefined;
  readonly bulkWrite?: Partial<Omit<BulkWriteOptions, 'jobFault'>> | undefined;
}

/** What the routers need besides the org. */
export interface RouterSettings extends ResourceOptions {
  readonly tokens: Tokens;
  readonly oauth: OAuthSettings;
  readonly jobFault: JobFault;
  /** By which a composite call is known to call on its own behalf. */
  readonly partSecret: string;
}

/** A resource, and where it is. */
export interface Mount {
  readonly prefix: string;
  readonly router: Router;
}

/** Every resource at its path. Fixed words stand before `/{module}`, which takes any word. */
export function resources(org: Org, settings: RouterSettings): readonly Mount[] {
  const { tokens, oauth, jobFault, partSecret, coql, bulkRead, bulkWrite } = settings;
  const crm = [
    compositeRouter(org, partSecret),
    coqlRouter(org, coql),
    featuresRouter(org),
    settingsRouter(org),
    usersRouter(org),
    orgRouter(org),
    tagActionsRouter(org),
    watchRouter(org),
    recordsRouter(org),
  ];
  const bulk = [
    bulkReadRouter(org, { ...bulkRead, jobFault }),
    bulkWriteRouter(org, { ...bulkWrite, jobFault }),
  ];
  return [
    { prefix: '/oauth/v2', router: oauthRouter(tokens, oauth) },
    { prefix: '/crm/v8/upload', router: uploadRouter(org) },
    ...bulk.map((router) => ({ prefix: '/crm/bulk/v8', router })),
    ...crm.map((router) => ({ prefix: '/crm/v8', router })),
  ];
}
