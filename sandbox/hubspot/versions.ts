import type { RequestHandler, Response } from 'express';
import { ApiError, notFound } from './errors.ts';

/** Every version a path may name; the numbered ones die in 2027 (README 1). */
const apiVersions = ['v1', 'v3', 'v4', '2026-03', '2026-09'] as const;
export type ApiVersion = (typeof apiVersions)[number];

/** Dated versions differ from numbered ones in a few status codes (README 3). */
export function isDated(version: ApiVersion): boolean {
  return version.startsWith('20');
}

/** The version the caller named in the path. */
export function versionOf(res: Response): ApiVersion {
  return res.locals['version'];
}

const dated = ['2026-03', '2026-09'] as const;

/** Which versions a namespace has, and whether a dated one stands after the resource or before it. */
const namespaces: Readonly<
  Record<string, { readonly versions: readonly ApiVersion[]; readonly datedAt: 1 | 2 }>
> = {
  crm: { versions: ['v3', 'v4', ...dated], datedAt: 2 },
  settings: { versions: ['v3', ...dated], datedAt: 2 },
  'account-info': { versions: ['v3', ...dated], datedAt: 1 },
  oauth: { versions: ['v1', 'v3', ...dated], datedAt: 1 },
};

/** A path without its version, as the routers know it. */
interface CanonicalPath {
  readonly version: ApiVersion;
  readonly path: string;
}

/**
 * Takes the version out of a path (README 1): `/crm/v3/objects/contacts` and
 * `/crm/objects/2026-03/contacts` both become `/crm/objects/contacts`. Nothing for a path whose
 * namespace or version HubSpot does not have.
 */
export function canonicalPath(path: string): CanonicalPath | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const namespace = namespaces[parts[0] ?? ''];
  if (namespace === undefined) return undefined;
  const { versions, datedAt } = namespace;
  const numbered = versions.find((each) => each === parts[1] && !isDated(each));
  const version = numbered ?? versions.find((each) => each === parts[datedAt] && isDated(each));
  if (version === undefined) return undefined;
  const rest = parts.toSpliced(numbered === undefined ? datedAt : 1, 1);
  return isServed(version, rest) ? { version, path: `/${rest.join('/')}` } : undefined;
}

// v4 is about associations and nothing else; what v3 had for them was replaced by it (README 1).
function isServed(version: ApiVersion, [, resource, , , ofRecord]: readonly string[]): boolean {
  if (version === 'v4') return resource === 'associations' || ofRecord === 'associations';
  return version !== 'v3' || resource !== 'associations';
}

/** A GET with hundreds of properties grows too long for a URL; the length is unknown (README C15). */
const maxUrlLength = 8_192;

/** Rewrites the URL to its canonical path and notes the version in `res.locals.version`. */
export const stripVersion: RequestHandler = (req, res, next) => {
  if (req.url.length > maxUrlLength) {
    next(new ApiError(414, { status: 'error', message: 'URI Too Long' }));
    return;
  }
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
