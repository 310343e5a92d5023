import type { PathParameters } from '../kit/path-pattern.ts';
import { parseObjectType } from './object-types.ts';

/** Sets of scopes of which the token must hold one each (README 5). */
export type ScopeSets = readonly (readonly string[])[];

/** What an endpoint asks of a token, given whose records the path is about. */
export type ScopeRule = (parameters: PathParameters) => ScopeSets;

type Access = 'read' | 'write';

function objectScope(alias: string | undefined, access: Access): readonly string[] {
  const type = parseObjectType(alias ?? '');
  return type === undefined ? [] : [`crm.objects.${type}.${access}`];
}

const anyObjectRead = ['contacts', 'companies', 'deals'].map((type) => `crm.objects.${type}.read`);

function one(...scopes: readonly string[]): ScopeRule {
  return () => [scopes];
}

function object(access: Access): ScopeRule {
  return ({ type }) => [objectScope(type, access)];
}

// Either side's scope passes the check that HubSpot declares (README 5).
function association(access: Access): ScopeRule {
  return ({ type, to }) => [[...objectScope(type, access), ...objectScope(to, access)]];
}

function schema(access: Access): ScopeRule {
  return ({ type: alias }) => {
    const type = parseObjectType(alias ?? '');
    if (type === undefined) return [];
    const readable = [`crm.objects.${type}.read`, `crm.schemas.${type}.read`];
    return [access === 'read' ? readable : [`crm.schemas.${type}.write`]];
  };
}

/** What HubSpot's specifications ask for, cut to the types that are here (README 5). */
export const scopeRules = {
  none: () => [],
  objectRead: object('read'),
  objectWrite: object('write'),
  associationRead: association('read'),
  associationWrite: association('write'),
  schemaRead: schema('read'),
  schemaWrite: schema('write'),
  anyObjectRead: one(...anyObjectRead),
  listRead: one('crm.lists.read'),
  listCreate: one('crm.lists.write'),
  listChange: () => [['crm.lists.read'], ['crm.lists.write']],
  ownersRead: one('crm.objects.owners.read'),
  currenciesRead: one('settings.currencies.read', 'settings.currencies.write'),
  currenciesWrite: one('settings.currencies.write'),
  export: one('crm.export'),
  import: one('crm.import'),
} as const satisfies Readonly<Record<string, ScopeRule>>;
export type ScopeRuleName = keyof typeof scopeRules;

/** Everything a connector for this sandbox could need; exports and imports are asked for by name. */
export const defaultScopes: readonly string[] = [
  'oauth',
  ...['contacts', 'companies', 'deals'].flatMap((type) => [
    `crm.objects.${type}.read`,
    `crm.objects.${type}.write`,
    `crm.schemas.${type}.read`,
    `crm.schemas.${type}.write`,
  ]),
  'crm.objects.owners.read',
  'crm.lists.read',
  'crm.lists.write',
  'settings.currencies.read',
  'settings.currencies.write',
];
