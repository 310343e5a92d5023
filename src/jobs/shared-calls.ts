/**
 * Calls of the same key one after another: who comes while one is under way shares the next, which
 * begins after they came. A flood of webhooks makes two calls at a time, not hundreds.
 */
export function sharedCalls() {
  const running = new Map<string, Promise<void>>();
  const next = new Map<string, Promise<void>>();
  const start = (key: string, call: () => Promise<void>): Promise<void> => {
    const mine = call().finally(() => {
      if (running.get(key) === mine) running.delete(key);
    });
    running.set(key, mine);
    return mine;
  };
  return async (key: string, call: () => Promise<void>): Promise<void> => {
    const current = running.get(key);
    if (current === undefined) return start(key, call);
    const there = next.get(key);
    if (there !== undefined) return there;
    const mine = current
      .catch(() => undefined)
      .then(() => {
        next.delete(key);
        return start(key, call);
      });
    next.set(key, mine);
    return mine;
  };
}
