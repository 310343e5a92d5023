import type { ConsentScope } from '../../connector/consent.ts';
import type { Connected } from '../../run/connect.ts';
import { indent, table } from './table.ts';

/** What a person is asked for, one a line, with the verbs of `assay` that need it. */
export function renderScopes(scopes: readonly ConsentScope[]): string {
  const rows = scopes.map(({ scope, verbs, why, isOptional = false }) => [
    scope,
    verbs.join(', '),
    isOptional ? `${why} (may be left out)` : why,
  ]);
  return indent(table(rows, ['left', 'left', 'left']));
}

export function renderConnected(
  { connection, crm, account, movedFrom }: Connected,
  notes: readonly string[],
): string {
  const { id, currency, timeZone, plan } = account;
  const lines = [
    `✓ Connection "${connection}" is ${crm} account ${id}: ${[plan, currency, timeZone].filter(Boolean).join(', ')}`,
    ...(movedFrom === null ? [] : [`! Everything stored of account ${movedFrom} is forgotten.`]),
    ...notes.map((note) => `! ${note}`),
    'The tokens are kept in the store, sealed. Next: `assay doctor`.',
  ];
  return lines.join('\n');
}
