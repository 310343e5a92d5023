import { z } from 'zod';
import type { ScopeRule } from './scopes.ts';

type Operation = 'READ' | 'CREATE' | 'UPDATE' | 'DELETE';

const search = 'ZohoSearch.securesearch.READ';
const coqlBody = z.object({ select_query: z.string() });
const bulkReadBody = z.object({
  query: z.object({ module: z.object({ api_name: z.string() }) }),
});

function one(...anyOf: readonly string[]): ScopeRule {
  return () => [anyOf];
}

function ofModule(...operations: readonly Operation[]): ScopeRule {
  return ({ module = '' }) => operations.map((operation) => [moduleScope(module, operation)]);
}

/** `/settings/{what}`, and everything below it. */
function setting(operation: Operation): ScopeRule {
  return ({ what = '' }) => [[`ZohoCRM.settings.${what}.${operation}`]];
}

function moduleScope(module: string, operation: Operation): string {
  return `ZohoCRM.modules.${module.split('#')[0]}.${operation}`;
}

function readable(module: string | undefined): readonly (readonly string[])[] {
  return module === undefined ? [] : [[moduleScope(module, 'READ')]];
}

/** What Zoho's specification asks for (facts §3). Where sources differ the README says so. */
export const scopeRules = {
  none: () => [],
  moduleRead: ofModule('READ'),
  moduleCreate: ofModule('CREATE'),
  moduleUpdate: ofModule('UPDATE'),
  moduleUpsert: ofModule('CREATE', 'UPDATE'),
  moduleDelete: ofModule('DELETE'),
  search: ({ module = '' }) => [[moduleScope(module, 'READ')], [search]],
  coql: (_parameters, body) => {
    const query = coqlBody.safeParse(body).data?.select_query ?? '';
    return [['ZohoCRM.coql.READ'], ...readable(/\bfrom\s+(\w+)/i.exec(query)?.[1])];
  },
  bulkRead: (_parameters, body) => {
    const parsed = bulkReadBody.safeParse(body);
    return [['ZohoCRM.bulk.READ'], ...readable(parsed.data?.query.module.api_name)];
  },
  bulkReadState: one('ZohoCRM.bulk.READ'),
  bulkWrite: one('ZohoCRM.bulk.CREATE'),
  bulkWriteState: one('ZohoCRM.bulk.CREATE', 'ZohoCRM.bulk.READ'),
  upload: one('ZohoFiles.files.ALL'),
  settingRead: setting('READ'),
  settingCreate: setting('CREATE'),
  settingUpdate: setting('UPDATE'),
  settingDelete: setting('DELETE'),
  assignTags: ({ module = '' }) => [['ZohoCRM.settings.tags.ALL'], [moduleScope(module, 'UPDATE')]],
  watchRead: one('ZohoCRM.notifications.READ'),
  watchCreate: one('ZohoCRM.notifications.CREATE'),
  watchUpdate: one('ZohoCRM.notifications.UPDATE'),
  watchDelete: one('ZohoCRM.notifications.DELETE'),
  usersRead: one('ZohoCRM.users.READ'),
  orgRead: one('ZohoCRM.org.READ'),
  currenciesRead: one('ZohoCRM.settings.currencies.READ'),
  currenciesCreate: one('ZohoCRM.settings.currencies.CREATE'),
  currenciesUpdate: one('ZohoCRM.settings.currencies.UPDATE'),
  featuresRead: one('ZohoCRM.features.READ'),
  massUpdateRead: one('ZohoCRM.mass_update.READ'),
  massUpdate: one('ZohoCRM.mass_update.UPDATE'),
  composite: one('ZohoCRM.composite_requests.CUSTOM'),
} as const satisfies Readonly<Record<string, ScopeRule>>;
export type ScopeRuleName = keyof typeof scopeRules;
