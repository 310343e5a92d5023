import type { CallKind } from '../kit/call-log.ts';
import type { PriceName } from './prices.ts';
import type { ScopeRuleName } from './scope-rules.ts';

interface Row {
  readonly method: string;
  readonly path: string;
  readonly kind: CallKind;
  readonly scope: ScopeRuleName;
  readonly price: PriceName;
}

/** `GET /path` → a row; several paths of one nature share a line. */
function rows(
  kind: CallKind,
  scope: ScopeRuleName,
  price: PriceName,
  ...endpoints: readonly string[]
): readonly Row[] {
  return endpoints.map((endpoint) => {
    const [method = '', path = ''] = endpoint.split(' ');
    return { method, path, kind, scope, price };
  });
}

const v8 = '/crm/v8';
const bulk = '/crm/bulk/v8';
const records = `${v8}/{module}`;
const actions = `${records}/actions`;
const settings = `${v8}/settings/{what}`;
const below = [
  settings,
  `${settings}/{id}`,
  `${settings}/{part}/{act}`,
  `${settings}/{id}/{part}/{act}`,
];

function every(method: string, paths: readonly string[]): readonly string[] {
  return paths.map((path) => `${method} ${path}`);
}

/**
 * Every endpoint of the sandbox: what it does, which scope it asks for (facts §3) and what it costs
 * (facts §8). The first row that fits a path counts, so fixed words stand before placeholders.
 */
export const endpointTable: readonly Row[] = [
  ...rows('other', 'none', 'none', 'POST /oauth/v2/token', 'POST /oauth/v2/token/revoke'),

  ...rows('read', 'coql', 'coql', `POST ${v8}/coql`),
  ...rows('write', 'upload', 'one', `POST ${v8}/upload`),
  ...rows('write', 'composite', 'composite', `POST ${v8}/__composite_requests`),
  ...rows('other', 'featuresRead', 'one', `GET ${v8}/__features`, `GET ${v8}/__features/{name}`),
  ...rows('other', 'usersRead', 'one', `GET ${v8}/users`, `GET ${v8}/users/{id}`),
  ...rows('other', 'orgRead', 'one', `GET ${v8}/org`),
  ...rows('other', 'currenciesRead', 'one', `GET ${v8}/org/currencies`),
  ...rows('other', 'currenciesRead', 'one', `GET ${v8}/org/currencies/{id}`),
  ...rows('other', 'currenciesCreate', 'one', `POST ${v8}/org/currencies`),
  ...rows('other', 'currenciesUpdate', 'one', `PUT ${v8}/org/currencies`),
  ...rows('other', 'currenciesUpdate', 'one', `PUT ${v8}/org/currencies/{id}`),

  ...rows('other', 'watchRead', 'one', `GET ${v8}/actions/watch`),
  ...rows('other', 'watchCreate', 'one', `POST ${v8}/actions/watch`),
  ...rows('other', 'watchUpdate', 'one', `PUT ${v8}/actions/watch`, `PATCH ${v8}/actions/watch`),
  ...rows('other', 'watchDelete', 'one', `DELETE ${v8}/actions/watch`),

  ...rows('other', 'settingRead', 'one', ...every('GET', below)),
  ...rows('other', 'settingCreate', 'one', `POST ${settings}`),
  ...rows(
    'other',
    'settingUpdate',
    'one',
    `POST ${settings}/{part}/{act}`,
    `POST ${settings}/{id}/{part}/{act}`,
  ),
  ...rows('other', 'settingUpdate', 'one', ...every('PUT', below), ...every('PATCH', below)),
  ...rows('other', 'settingDelete', 'one', ...every('DELETE', below)),

  ...rows('read', 'bulkRead', 'bulkRead', `POST ${bulk}/read`),
  ...rows('read', 'bulkReadState', 'one', `GET ${bulk}/read/{id}`, `GET ${bulk}/read/{id}/result`),
  ...rows('write', 'bulkWrite', 'bulkWrite', `POST ${bulk}/write`),
  ...rows('read', 'bulkWriteState', 'one', `GET ${bulk}/write/{id}`),
  ...rows('read', 'bulkWriteState', 'one', `GET ${bulk}/write/{id}/result`),

  ...rows('read', 'search', 'one', `GET ${actions}/count`),
  ...rows('read', 'massUpdateRead', 'one', `GET ${actions}/mass_update`),
  ...rows('write', 'massUpdate', 'massUpdate', `POST ${actions}/mass_update`),
  ...rows('write', 'assignTags', 'tags', `POST ${actions}/add_tags`),
  ...rows('write', 'assignTags', 'tags', `POST ${actions}/remove_tags`),
  ...rows('write', 'assignTags', 'tags', `POST ${records}/{id}/actions/add_tags`),
  ...rows('write', 'assignTags', 'tags', `POST ${records}/{id}/actions/remove_tags`),
  ...rows('write', 'moduleUpdate', 'merge', `POST ${records}/{id}/actions/merge`),
  ...rows('read', 'moduleRead', 'one', `GET ${records}/{id}/actions/merge`),
  ...rows('write', 'moduleUpdate', 'convert', `POST ${records}/{id}/actions/convert`),

  ...rows('read', 'moduleRead', 'deleted', `GET ${records}/deleted`),
  ...rows('read', 'moduleRead', 'deleted', `GET ${records}/deleted/{id}/{related}`),
  ...rows('search', 'search', 'search', `GET ${records}/search`),
  ...rows('other', 'moduleRead', 'one', `GET ${records}/roles`),
  ...rows('write', 'moduleUpsert', 'write', `POST ${records}/upsert`),
  ...rows('read', 'moduleRead', 'list', `GET ${records}`),
  ...rows('write', 'moduleCreate', 'write', `POST ${records}`),
  ...rows('write', 'moduleUpdate', 'write', `PUT ${records}`, `PUT ${records}/{id}`),
  ...rows('write', 'moduleDelete', 'remove', `DELETE ${records}`, `DELETE ${records}/{id}`),
  ...rows('read', 'moduleRead', 'one', `GET ${records}/{id}`),
  ...rows('read', 'moduleRead', 'one', `GET ${records}/{id}/{related}`),
  ...rows('read', 'moduleRead', 'one', `GET ${records}/{id}/{related}/{relatedId}`),
  ...rows('write', 'moduleUpdate', 'relate', `PUT ${records}/{id}/{related}`),
  ...rows('write', 'moduleUpdate', 'relate', `PUT ${records}/{id}/{related}/{relatedId}`),
  ...rows('write', 'moduleUpdate', 'remove', `DELETE ${records}/{id}/{related}`),
  ...rows('write', 'moduleUpdate', 'remove', `DELETE ${records}/{id}/{related}/{relatedId}`),
];
