import { describe, expect, it } from 'vitest';
import { findEndpoint } from '../../../sandbox/zoho/endpoints.ts';
import { oauthDefaults } from '../../../sandbox/zoho/oauth-router.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import { resources } from '../../../sandbox/zoho/routers.ts';
import { Tokens } from '../../../sandbox/zoho/tokens.ts';

type Stack = readonly {
  readonly name: string;
  readonly route?: unknown;
  readonly handle: unknown;
}[];

interface Route {
  readonly path: string | readonly string[];
  readonly stack: readonly { readonly method: string }[];
}

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'path' in value && 'stack' in value;
}

function isRouter(value: unknown): value is { readonly stack: Stack } {
  return typeof value === 'function' && 'stack' in value;
}

/** `GET /settings/fields` of every route in a router, and in those within it. */
function routesIn(router: { readonly stack: Stack }): readonly string[] {
  return router.stack.flatMap(({ route, handle }) => {
    if (isRouter(handle)) return routesIn(handle);
    if (!isRoute(route)) return [];
    const methods = new Set(route.stack.map(({ method }) => method.toUpperCase()));
    return [route.path].flat().flatMap((path) => [...methods].map((verb) => `${verb} ${path}`));
  });
}

const org = new Org();
const settings = {
  tokens: new Tokens(org.clock, [], []),
  oauth: oauthDefaults,
  jobFault: () => undefined,
  partSecret: '',
};
const routes = resources(org, settings).flatMap(({ prefix, router }) =>
  routesIn(router).map((route) => route.replace(' ', ` ${prefix}`)),
);

describe('the endpoint table', () => {
  it('finds the routes', () => {
    expect(routes.length).toBeGreaterThan(20);
  });

  it.each(routes)('knows %s', (route) => {
    const [method = '', path = ''] = route.split(' ');
    expect(findEndpoint(method, path.replace(':module', 'Contacts'))).toBeDefined();
  });

  it.each([
    ['GET', '/crm/v8/Contacts/5725767000000100001', 'GET /crm/v8/Contacts/{id}', 'read'],
    ['PUT', '/crm/v8/Deals', 'PUT /crm/v8/Deals', 'write'],
    ['POST', '/crm/v8/coql', 'POST /crm/v8/coql', 'read'],
    ['GET', '/crm/v8/Deals/search', 'GET /crm/v8/Deals/search', 'search'],
    ['PUT', '/crm/v8/Campaigns/1/Contacts', 'PUT /crm/v8/Campaigns/{id}/Contacts', 'write'],
    ['GET', '/crm/v8/settings/fields', 'GET /crm/v8/settings/fields', 'other'],
    ['POST', '/crm/bulk/v8/read', 'POST /crm/bulk/v8/read', 'read'],
    ['POST', '/crm/bulk/v8/write', 'POST /crm/bulk/v8/write', 'write'],
  ])('counts %s %s as %s, a %s', (method, path, name, kind) => {
    expect(findEndpoint(method, path)).toMatchObject({ name, kind });
  });
});
