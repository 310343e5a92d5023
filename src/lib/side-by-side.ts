/**
 * Runs `work` on every value of `source`, at most `width` at once. Stops taking new ones at the
 * first error or abort, lets those under way finish, then throws that first error.
 */
export async function sideBySide<T>(
  source: AsyncIterable<T>,
  width: number,
  work: (value: T, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const values = source[Symbol.asyncIterator]();
  const failures: unknown[] = [];

  async function lane(): Promise<void> {
    try {
      while (!both.aborted) {
        const next = await values.next();
        if (next.done === true) return;
        await work(next.value, both);
      }
    } catch (error) {
      failures.push(error);
      stop.abort(error);
    }
  }

  await Promise.all(Array.from({ length: width }, lane));
  await values.return?.();
  if (failures.length > 0) throw failures[0];
  signal.throwIfAborted();
}
