/** `fn` of each value, at most `width` at a time; results in the order of `values`. */
export async function mapInParallel<T, R>(
  values: readonly T[],
  width: number,
  fn: (value: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const queue = values.entries();
  const work = async () => {
    for (const [index, value] of queue) results.set(index, await fn(value));
  };
  await Promise.all(Array.from({ length: Math.min(width, values.length) }, work));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
