/** A call, and the scopes that Zoho's specification wants for it (facts §3). */
type Rule = readonly [call: RegExp, scopes: (match: RegExpExecArray) => readonly string[]];

const verbs: Readonly<Record<string, string>> = {
  GET: 'READ',
  POST: 'CREATE',
  PUT: 'UPDATE',
  PATCH: 'UPDATE',
  DELETE: 'DELETE',
};

// The first that fits counts.
const rules: readonly Rule[] = [
  [/^POST \/crm\/v8\/coql$/, () => ['ZohoCRM.coql.READ', 'ZohoCRM.modules.ALL']],
  [/^POST \/crm\/v8\/upload$/, () => ['ZohoFiles.files.ALL']],
  [/^\w+ \/crm\/bulk\/v8\/read/, () => ['ZohoCRM.bulk.READ', 'ZohoCRM.modules.ALL']],
  [/^\w+ \/crm\/bulk\/v8\/write/, () => ['ZohoCRM.bulk.ALL']],
  [/^\w+ \/crm\/v8\/__features/, () => ['ZohoCRM.features.READ']],
  [/^\w+ \/crm\/v8\/users/, () => ['ZohoCRM.users.READ']],
  [/^\w+ \/crm\/v8\/org\/currencies/, () => ['ZohoCRM.settings.currencies.READ']],
  [/^\w+ \/crm\/v8\/org$/, () => ['ZohoCRM.org.READ']],
  [
    /^(\w+) \/crm\/v8\/settings\/(\w+)/,
    ([, method = '', what = '']) => [`ZohoCRM.settings.${what}.${verbs[method] ?? 'ALL'}`],
  ],
  [
    /^POST \/crm\/v8\/(\w+)(?:\/\d+)?\/actions\/\w+_tags$/,
    ([, module = '']) => ['ZohoCRM.settings.tags.ALL', `ZohoCRM.modules.${module}.UPDATE`],
  ],
  [/^\w+ \/crm\/v8\/\w+\/actions\/mass_update$/, () => ['ZohoCRM.mass_update.UPDATE']],
  [
    /^GET \/crm\/v8\/(\w+)\/(?:search|actions\/count)$/,
    ([, module = '']) => [`ZohoCRM.modules.${module}.READ`, 'ZohoSearch.securesearch.READ'],
  ],
  [
    /^(\w+) \/crm\/v8\/(\w+)/,
    ([, method = '', module = '']) => [`ZohoCRM.modules.${module}.${verbs[method] ?? 'ALL'}`],
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
