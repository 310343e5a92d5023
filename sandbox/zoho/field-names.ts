/**
 * The api name of a label: `Value Tier` becomes `Value_Tier` (facts §6). Of a label without Latin
 * letters nothing is left.
 */
export function apiNameOf(label: string): string {
  const latin = label.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const words = latin.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^[_0-9]+|_+$/g, '');
  return /[A-Za-z]/.test(words) ? words : '';
}

/** The name, or the name with the first number that makes it one of its own (facts §6 [?]). */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  for (let number = 1; ; number += 1) {
    const next = `${name}${number}`;
    if (!isTaken(next)) return next;
  }
}

const reserved: ReadonlySet<string> = new Set([
  ...['id', 'select', 'from', 'where', 'and', 'or', 'not', 'in', 'like', 'between', 'null'],
  ...['order', 'group', 'by', 'limit', 'offset', 'module', 'layout', 'true', 'false'],
]);

/** Words that would make a query ambiguous; which ones Zoho refuses is not in the facts. */
export function isReserved(label: string): boolean {
  return reserved.has(label.trim().toLowerCase());
}
