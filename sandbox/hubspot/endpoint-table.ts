import type { CallKind } from '../kit/call-log.ts';
import type { Lane } from './lanes.ts';
import type { ScopeRuleName } from './scope-rules.ts';

interface Row {
  readonly method: string;
  readonly path: string;
  readonly kind: CallKind;
  readonly lane: Lane;
  readonly scope: ScopeRuleName;
}

/** `GET /path` → a row; several paths of one nature share a line. */
function rows(
  kind: CallKind,
  lane: Lane,
  scope: ScopeRuleName,
  ...endpoints: readonly string[]
): readonly Row[] {
  return endpoints.map((endpoint) => {
    const [method = '', path = ''] = endpoint.split(' ');
    return { method, path, kind, lane, scope };
  });
}

const objects = '/crm/objects/{type}';
const ofRecord = '/crm/objects/{type}/{id}/associations';
const associations = '/crm/associations/{type}/{to}';
const properties = '/crm/properties/{type}';
const lists = '/crm/lists';
const members = '/crm/lists/{id}/memberships';
const pipelines = '/crm/pipelines/{type}';

/**
 * Every endpoint of the sandbox: what it does, which limit and which scope it falls under. The first
 * row that fits a path counts, so fixed words stand before placeholders.
 */
export const endpointTable: readonly Row[] = [
  ...rows('search', 'search', 'objectRead', `POST ${objects}/search`),
  ...rows('read', 'general', 'objectRead', `GET ${objects}`, `GET ${objects}/{id}`),
  ...rows('read', 'general', 'objectRead', `POST ${objects}/batch/read`),
  ...rows(
    'write',
    'general',
    'objectWrite',
    ...['create', 'update', 'upsert', 'archive'].map((verb) => `POST ${objects}/batch/${verb}`),
    ...[`POST ${objects}`, `PATCH ${objects}/{id}`, `DELETE ${objects}/{id}`],
    ...[`POST ${objects}/merge`, `POST ${objects}/gdpr-delete`],
  ),

  ...rows('read', 'associations', 'associationRead', `GET ${ofRecord}/{to}`),
  ...rows('read', 'associations', 'associationRead', `POST ${associations}/batch/read`),
  ...rows('read', 'associations', 'associationRead', `GET ${associations}/labels`),
  ...rows(
    'write',
    'associations',
    'associationWrite',
    ...[`PUT ${ofRecord}/default/{to}/{toId}`, `PUT ${ofRecord}/{to}/{toId}`],
    ...[`DELETE ${ofRecord}/{to}/{toId}`, `POST ${associations}/batch/create`],
    ...[`POST ${associations}/batch/archive`, `POST ${associations}/batch/associate/default`],
    ...[`POST ${associations}/batch/labels/archive`, `POST ${associations}/labels`],
    ...[`PUT ${associations}/labels`, `DELETE ${associations}/labels/{labelId}`],
  ),

  ...rows('read', 'general', 'schemaRead', `GET ${properties}/groups`),
  ...rows('read', 'general', 'schemaRead', `GET ${properties}/groups/{name}`),
  ...rows('read', 'general', 'schemaRead', `GET ${properties}`, `GET ${properties}/{name}`),
  ...rows('read', 'general', 'schemaRead', `POST ${properties}/batch/read`),
  ...rows(
    'write',
    'general',
    'schemaWrite',
    ...[`POST ${properties}/groups`, `PATCH ${properties}/groups/{name}`],
    ...[`DELETE ${properties}/groups/{name}`, `POST ${properties}`],
    ...[`PATCH ${properties}/{name}`, `DELETE ${properties}/{name}`],
    ...[`POST ${properties}/batch/create`, `POST ${properties}/batch/archive`],
  ),
  ...rows('read', 'general', 'anyObjectRead', 'GET /crm/limits/custom-properties'),

  ...rows(
    'read',
    'general',
    'listRead',
    ...[`GET ${lists}`, `POST ${lists}/search`, `POST ${lists}/all`, `GET ${lists}/folders`],
    ...[`GET ${lists}/idmapping`, `POST ${lists}/idmapping`, `GET ${lists}/{id}`],
    ...[`GET ${members}`, `GET ${members}/join-order`],
    `GET ${lists}/{id}/schedule-conversion`,
    `GET ${lists}/object-type-id/{type}/name/{name}`,
    `GET ${lists}/records/{type}/{recordId}/memberships`,
    `POST ${lists}/records/memberships/batch/read`,
  ),
  ...rows('write', 'general', 'listCreate', `POST ${lists}`, `POST ${lists}/folders`),
  ...rows(
    'write',
    'general',
    'listChange',
    ...[`PUT ${lists}/folders/move-list`, `DELETE ${lists}/folders/{id}`],
    ...[`PUT ${lists}/folders/{id}/rename`, `PUT ${lists}/folders/{id}/move/{parentId}`],
    ...[`DELETE ${lists}/{id}`, `PUT ${lists}/{id}/restore`],
    ...[`PUT ${lists}/{id}/update-list-name`, `PUT ${lists}/{id}/update-list-filters`],
    ...[`PUT ${lists}/{id}/schedule-conversion`, `DELETE ${lists}/{id}/schedule-conversion`],
    ...['add', 'remove', 'add-and-remove', 'add-from/{sourceId}'].map(
      (verb) => `PUT ${members}/${verb}`,
    ),
    `DELETE ${members}`,
  ),

  ...rows('read', 'general', 'anyObjectRead', `GET ${pipelines}`, `GET ${pipelines}/{id}`),
  ...rows('read', 'general', 'anyObjectRead', `GET ${pipelines}/{id}/audit`),
  ...rows('read', 'general', 'anyObjectRead', `GET ${pipelines}/{id}/stages`),
  ...rows('read', 'general', 'anyObjectRead', `GET ${pipelines}/{id}/stages/{stageId}`),
  ...rows('read', 'general', 'anyObjectRead', `GET ${pipelines}/{id}/stages/{stageId}/audit`),
  ...rows(
    'write',
    'general',
    'schemaWrite',
    ...[`POST ${pipelines}`, `PUT ${pipelines}/{id}`, `PATCH ${pipelines}/{id}`],
    ...[`DELETE ${pipelines}/{id}`, `POST ${pipelines}/{id}/stages`],
    ...['PUT', 'PATCH', 'DELETE'].map((verb) => `${verb} ${pipelines}/{id}/stages/{stageId}`),
  ),

  ...rows('read', 'general', 'ownersRead', 'GET /crm/owners', 'GET /crm/owners/{id}'),
  ...rows('other', 'general', 'none', 'GET /account-info/details'),
  ...rows('other', 'general', 'none', 'GET /account-info/api-usage/daily/private-apps'),
  ...rows(
    'other',
    'general',
    'currenciesRead',
    ...['', '/current'].map((end) => `GET /settings/currencies/exchange-rates${end}`),
    ...['company-currency', 'codes'].map((end) => `GET /settings/currencies/${end}`),
  ),
  ...rows('other', 'general', 'currenciesWrite', 'POST /settings/currencies/exchange-rates'),

  ...rows('write', 'general', 'export', 'POST /crm/exports/export/async'),
  ...rows('read', 'general', 'export', 'GET /crm/exports/export/async/tasks/{id}/status'),
  ...rows('read', 'general', 'export', 'GET /crm/exports/export/{id}'),
  ...rows('write', 'general', 'import', 'POST /crm/imports', 'POST /crm/imports/{id}/cancel'),
  ...rows('read', 'general', 'import', 'GET /crm/imports', 'GET /crm/imports/{id}'),
  ...rows('read', 'general', 'import', 'GET /crm/imports/{id}/errors'),

  ...rows(
    'other',
    'unlimited',
    'none',
    ...['POST /oauth/token', 'POST /oauth/token/introspect', 'POST /oauth/token/revoke'],
    ...['GET /oauth/access-tokens/{token}', 'GET /oauth/refresh-tokens/{token}'],
    'DELETE /oauth/refresh-tokens/{token}',
  ),
];
