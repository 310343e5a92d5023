/** A word of an API's path, or its version: `contacts`, `batch`, `add-and-remove`, `v8`, `2026-03`. */
const word = /^(?:[A-Za-z_-]{1,40}|v\d+(?:\.\d+)?|\d{4}-\d{2})$/;

/**
 * What a call is counted under: `GET /crm/v8/Contacts/{id}` for `GET /crm/v8/Contacts/5725/…?page=2`.
 * Whatever is no plain word counts as an id, so that no record's id and nobody's name gets into metrics.
 * @param name method and path, query or not.
 */
export function endpointOf(name: string): string {
  const [method = '', address = ''] = name.split(' ');
  const [path = ''] = address.split('?');
  const segments = path
    .split('/')
    .map((part) => (part === '' || part === '{name}' || word.test(part) ? part : '{id}'));
  return `${method} ${segments.join('/')}`;
}
