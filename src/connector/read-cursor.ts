import type { z } from 'zod';
import { AssayError } from '../domain/assay-error.ts';
import type { PullTask } from '../domain/pull-task.ts';

/** @throws AssayError `CURSOR_INVALID` (ask) for one that this version did not write. */
export function readCursor<T>(schema: z.ZodType<T>, { key, cursor }: PullTask): T {
  try {
    return schema.parse(JSON.parse(cursor));
  } catch (cause) {
    throw new AssayError(
      'CURSOR_INVALID',
      'ask',
      `The saved place of ${key} cannot be read; another version of Assay wrote it`,
      'Start the pull again with --full.',
      { cause },
    );
  }
}
