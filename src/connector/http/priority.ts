import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<number>();

/** Of calls that wait for the same rate limit, those of the higher priority go first. */
export const priorities = { bulk: 0, webhook: 10 } as const;

/** Every call that `work` makes, however deep, has this priority. */
export async function withPriority<T>(priority: number, work: () => Promise<T>): Promise<T> {
  return await storage.run(priority, work);
}

/** Of whatever runs now. */
export function priorityNow(): number {
  return storage.getStore() ?? priorities.bulk;
}
