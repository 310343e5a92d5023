/** Notes the path of every method that is called, for instance `crm.contacts.basicApi.create`. */
export type Note = (path: string) => void;

/**
 * The same object with its calls noted. The object itself stays as it is: calls go to it, with it as
 * their receiver, so that the client under test runs unmodified.
 */
export function recorded<T extends object>(target: T, note: Note, path: readonly string[] = []): T {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key, object);
      const here = [...path, String(key)];
      if (typeof value === 'function') {
        return (...parameters: readonly unknown[]) => {
          note(here.join('.'));
          return Reflect.apply(value, object, parameters);
        };
      }
      return typeof value === 'object' && value !== null ? recorded(value, note, here) : value;
    },
  });
}
