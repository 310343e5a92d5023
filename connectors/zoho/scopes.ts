/** A call, and the scopes that Zoho's specification wants for it (facts §3). */
type Rule = readonly [call: RegExp, scopes: (match: RegExpExecArray) => readonly string[]];

const verbs: Readonly<Record<string, string>> = {
  GET: 'READ',
  POST: 'CREATE',
  PUT: 'UPDATE',
  PATCH: 'UPDATE',
  DELETE: 'DELETE',
};

/** The call does not name its module in its path; these are all that are read so. */
const readModules = ['ZohoCRM.modules.contacts.READ (or accounts)', 'ZohoCRM.modules.deals.READ'];

function moduleScope(module: string, operation: string): string {
  return `ZohoCRM.modules.${module.toLowerCase()}.${operation}`;
}

// The first that fits counts.
const rules: readonly Rule[] = [
  [/^POST \/crm\/v8\/coql$/, () => ['ZohoCRM.coql.READ', ...readModules]],
  [/^POST \/crm\/v8\/upload$/, () => ['ZohoFiles.files.ALL']],
  [/^\w+ \/crm\/bulk\/v8\/read/, () => ['ZohoCRM.bulk.READ', ...readModules]],
  [/^\w+ \/crm\/bulk\/v8\/write/, () => ['ZohoCRM.bulk.CREATE']],
  [/^POST \/crm\/v8\/__composite_requests$/, () => ['ZohoCRM.composite_requests.CUSTOM']],
  [/^\w+ \/crm\/v8\/__features/, () => ['ZohoCRM.features.READ']],
  [
    /^(\w+) \/crm\/v8\/actions\/watch/,
    ([, method = '']) => [`ZohoCRM.notifications.${verbs[method] ?? 'ALL'}`],
  ],
  [/^\w+ \/crm\/v8\/users/, () => ['ZohoCRM.users.READ']],
  [/^\w+ \/crm\/v8\/org\/currencies/, () => ['ZohoCRM.settings.currencies.READ']],
  [/^\w+ \/crm\/v8\/org$/, () => ['ZohoCRM.org.READ']],
  [
    /^(\w+) \/crm\/v8\/settings\/(\w+)/,
    ([, method = '', what = '']) => [`ZohoCRM.settings.${what}.${verbs[method] ?? 'ALL'}`],
  ],
  [
    /^POST \/crm\/v8\/(\w+)(?:\/\d+)?\/actions\/\w+_tags$/,
    ([, module = '']) => ['ZohoCRM.settings.tags.ALL', moduleScope(module, 'UPDATE')],
  ],
  [/^\w+ \/crm\/v8\/\w+\/actions\/mass_update$/, () => ['ZohoCRM.mass_update.UPDATE']],
  [
    /^GET \/crm\/v8\/(\w+)\/(?:search|actions\/count)$/,
    ([, module = '']) => [moduleScope(module, 'READ'), 'ZohoSearch.securesearch.READ'],
  ],
  [
    /^(\w+) \/crm\/v8\/(\w+)/,
    ([, method = '', module = '']) => [moduleScope(module, verbs[method] ?? 'ALL')],
  ],
];

/** The scopes that a call needs, for example `POST /crm/v8/coql`. */
export function scopesFor(call: string): readonly string[] {
  for (const [pattern, scopes] of rules) {
    const match = pattern.exec(call);
    if (match !== null) return scopes(match);
  }
  return [];
}
