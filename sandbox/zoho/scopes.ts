import type { PathParameters } from '../kit/path-pattern.ts';

/** Sets of scopes of which the token must hold one each (facts §3). */
export type ScopeSets = readonly (readonly string[])[];

/** What an endpoint asks of a token, given its path and its body. */
export type ScopeRule = (parameters: PathParameters, body: unknown) => ScopeSets;

/**
 * Whether a token holds what is needed: `ALL` stands for every operation, a shorter group for all
 * that begin with it (`ZohoCRM.modules.ALL`), and letter case does not count.
 */
export function grants(held: readonly string[], needed: string): boolean {
  const [wanted, operation] = partsOf(needed);
  return held.some((each) => {
    const [group, heldOperation] = partsOf(each);
    const reaches = wanted === group || wanted.startsWith(`${group}.`);
    return reaches && (heldOperation === 'all' || heldOperation === operation);
  });
}

function partsOf(scope: string): readonly [string, string] {
  const lower = scope.toLowerCase();
  const dot = lower.lastIndexOf('.');
  return [lower.slice(0, dot), lower.slice(dot + 1)];
}

/** Everything that a connector could need, as one would ask for it (facts §3). */
export const defaultScopes: readonly string[] = [
  ...['modules', 'settings', 'notifications', 'users', 'org', 'features', 'mass_update'].map(
    (group) => `ZohoCRM.${group}.ALL`,
  ),
  ...['ZohoCRM.coql.READ', 'ZohoCRM.bulk.ALL', 'ZohoCRM.composite_requests.CUSTOM'],
  ...['ZohoSearch.securesearch.READ', 'ZohoFiles.files.ALL'],
];
