/**
 * Drops what is absent, so that a spread over a full value cannot put `undefined` into it. What zod
 * calls optional it types as possibly `undefined`; what we keep has no such fields.
 */
export function withoutUndefined<T extends object>(
  change: T,
): { readonly [K in keyof T]?: Exclude<T[K], undefined> };
export function withoutUndefined(change: object): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
