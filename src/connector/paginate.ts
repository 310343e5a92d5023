import { AssayError } from '../domain/assay-error.ts';

/** What one cursor gave, and the cursor after it. */
export type Page<T, C> = { readonly values: T; readonly next: C | null };

/**
 * Every loop over pages. Stops between pages when `signal` aborts.
 * @throws AssayError `PAGING_STUCK` (pause the connection) when a page leads back to itself.
 */
export async function* paginate<T, C>(
  first: C,
  read: (cursor: C) => Promise<Page<T, C>>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  let cursor: C | null = first;
  while (cursor !== null) {
    signal.throwIfAborted();
    const { values, next }: Page<T, C> = await read(cursor);
    yield values;
    if (next === cursor) throw pagingStuck(String(cursor));
    cursor = next;
  }
}

/** A page that leads back to itself. */
export function pagingStuck(cursor: string): AssayError {
  return new AssayError(
    'PAGING_STUCK',
    'pause-connection',
    `The CRM names page ${cursor} as its own next page`,
    'Run again; if it stays, report it with the run’s log: the CRM changed how it pages.',
  );
}
