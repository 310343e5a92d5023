import { z } from 'zod';
import { readCursor } from '../../src/connector/read-cursor.ts';
import type { PullTask } from '../../src/domain/pull-task.ts';
import { idText } from './wire.ts';

const marker = z.object({ marker: z.string(), lastAt: z.string() });

/** A scan's cursor: the list endpoint from `after` (a record id) up to `to` (exclusive). */
const scan = z.object({
  kind: z.literal('scan'),
  from: z.number().nullable(),
  to: z.number().nullable(),
  after: idText.nullable(),
  /** Deals with more customers than came with them: read together later. */
  waiting: z.array(z.string()),
});
export type ScanCursor = Readonly<z.output<typeof scan>>;

/** A closed window on the modified date, in the order of record ids. */
const changes = z.object({
  kind: z.literal('changes'),
  from: z.string(),
  until: z.string(),
  /** The last id read: the next page begins above it. */
  above: z.string(),
  /** Own writes to leave out. */
  skip: z.array(marker),
});
export type ChangesCursor = Readonly<z.output<typeof changes>>;

/** The recycle bin; only what came in at `since` or later is news. */
const archived = z.object({
  kind: z.literal('archived'),
  since: z.string(),
  after: idText.nullable(),
});
export type ArchivedCursor = Readonly<z.output<typeof archived>>;

const cursor = z.discriminatedUnion('kind', [scan, changes, archived]);
export type Cursor = z.output<typeof cursor>;

export function renderCursor(value: Cursor): string {
  return JSON.stringify(value);
}

/** @throws AssayError `CURSOR_INVALID` (ask). */
export function parseCursor(task: PullTask): Cursor {
  return readCursor(cursor, task);
}
