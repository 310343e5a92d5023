/**
 * `work` on what is given for a key; what is given while it runs waits and goes together, next. So a
 * flood of small writes becomes a few larger ones, and each caller learns what became of its own batch.
 */
export function inBatches<T>(
  work: (key: string, items: readonly T[]) => Promise<void>,
): (key: string, items: readonly T[]) => Promise<void> {
  const waiting = new Map<string, { readonly items: T[]; readonly done: Promise<void> }>();
  const running = new Map<string, Promise<void>>();

  const start = (key: string, items: readonly T[]): Promise<void> => {
    const run = work(key, items).finally(() => {
      if (running.get(key) === run) running.delete(key);
    });
    running.set(key, run);
    return run;
  };

  return async (key, items) => {
    const before = running.get(key);
    const batch = waiting.get(key);
    if (batch !== undefined) batch.items.push(...items);
    if (batch !== undefined) return await batch.done;
    if (before === undefined) return await start(key, items);
    const gathered = [...items];
    const done = before
      .catch(() => undefined)
      .then(async () => {
        waiting.delete(key);
        await start(key, gathered);
      });
    waiting.set(key, { items: gathered, done });
    return await done;
  };
}
