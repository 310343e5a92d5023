/** What an object offers under a dotted path, for instance `crm.contacts.basicApi`. */
export function valueAt(root: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Reflect.get(value, key);
  }, root);
}

/** Names of the methods of an API class. The `…WithHttpInfo` twins send the very same request. */
export function methodsOf(api: unknown): readonly string[] {
  return namesOf(api).filter(
    (name) => !name.endsWith('WithHttpInfo') && typeof valueAt(Object(api), name) === 'function',
  );
}

/** Names of the API classes, and of the parts, that a part of the client offers. */
export function partsOf(part: unknown): readonly string[] {
  const isPart = (name: string) => !name.startsWith('_') && name !== 'config';
  return namesOf(part).filter(
    (name) => isPart(name) && typeof valueAt(Object(part), name) === 'object',
  );
}

function namesOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || value === Object.prototype) return [];
  const own = Object.getOwnPropertyNames(value).filter((name) => name !== 'constructor');
  return [...new Set([...own, ...namesOf(Object.getPrototypeOf(value))])];
}
