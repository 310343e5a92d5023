import type { Store } from '../../../src/store/store.ts';

/** The same store, and that of its holders, which says before each call what is called. */
export function watched(store: Store, tell: (method: string) => void): Store {
  return watch(store, '', tell);
}

function watch<T extends object>(target: T, path: string, tell: (method: string) => void): T {
  return new Proxy(target, {
    get: (of, key) => {
      const value: unknown = Reflect.get(of, key);
      const name = `${path}${String(key)}`;
      if (typeof value === 'object' && value !== null) return watch(value, `${name}.`, tell);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]) => {
        tell(name);
        const result: unknown = Reflect.apply(value, of, args);
        const isStore = name === 'fenced' && typeof result === 'object' && result !== null;
        return isStore ? watch(result, '', tell) : result;
      };
    },
  });
}
