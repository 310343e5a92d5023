import type { RequestHandler, Response } from 'express';
import { notFound } from './errors.ts';

/** Every version a path may name; the numbered ones die in 2027 (facts §1). */
export const apiVersions = ['v1', 'v3', 'v4', '2026-03', '2026-09'] as const;
export type ApiVersion = (typeof apiVersions)[number];

/** Dated versions differ from numbered ones in a few status codes (facts §1). */
export function isDated(version: ApiVersion): boolean {
  return version.startsWith('20');
}

/** The version the caller named in the path. */
export function versionOf(res: Response): ApiVersion {
  return res.locals['version'];
}

const namespaces: Readonly<Record<string, readonly ApiVersion[]>> = {
  crm: ['v3', 'v4', '2026-03', '2026-09'],
  'account-info': ['v3', '2026-03', '2026-09'],
  oauth: ['v1', 'v3', '2026-03', '2026-09'],
  settings: ['v3', '2026-03', '2026-09'],
  webhooks: ['v3', '2026-03', '2026-09'],
};

/** A path without its version, as the routers know it. */
export interface CanonicalPath {
  readonly version: ApiVersion;
  readonly path: string;
}

/**
 * Takes the version out of a path (mapping table of facts §1): `/crm/v3/objects/contacts` and
 * `/crm/objects/2026-03/contacts` both become `/crm/objects/contacts`. Nothing for a path whose
 * namespace or version HubSpot does not have.
 */
export function canonicalPath(path: string): CanonicalPath | undefined {
  const [namespace, second, third, ...rest] = path.split('/').filter((part) => part !== '');
  if (namespace === undefined || second === undefined) return undefined;
  const versions = namespaces[namespace] ?? [];
  const numbered = versions.find((version) => version === second);
  if (numbered !== undefined) {
    if (isDated(numbered) && placedSecond(namespace) === false) return undefined;
    return { version: numbered, path: join(namespace, third, ...rest) };
  }
  const dated = versions.find((version) => version === third);
  if (dated === undefined || !isDated(dated) || placedSecond(namespace)) return undefined;
  return { version: dated, path: join(namespace, second, ...rest) };
}

// `/crm/objects/2026-03` and `/settings/currencies/2026-03`, but `/oauth/2026-03/token`.
function placedSecond(namespace: string): boolean {
  return namespace !== 'crm' && namespace !== 'settings';
}

function join(...parts: readonly (string | undefined)[]): string {
  return `/${parts.filter((part) => part !== undefined).join('/')}`;
}

/** Rewrites the URL to its canonical path and notes the version in `res.locals.version`. */
export const stripVersion: RequestHandler = (req, res, next) => {
  const canonical = canonicalPath(req.path);
  if (canonical === undefined) {
    next(notFound(`No such path: ${req.path}`));
    return;
  }
  res.locals['version'] = canonical.version;
  const query = req.url.indexOf('?');
  req.url = canonical.path + (query === -1 ? '' : req.url.slice(query));
  next();
};
