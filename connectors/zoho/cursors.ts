import { z } from 'zod';
import { readCursor } from '../../src/connector/read-cursor.ts';
import type { PullTask } from '../../src/domain/pull-task.ts';

const place = z.object({ at: z.string(), id: z.string() });
const marks = z.object({
  field: z.string(),
  userId: z.string(),
  writes: z.array(z.object({ marker: z.string(), lastAt: z.string() })),
});

/** A bulk read job's result, from a row on. */
const bulk = z.object({
  kind: z.literal('bulk'),
  /** `null`: not begun yet. */
  job: z.string().nullable(),
  /** Rows that were read already. */
  row: z.number(),
  /** Which 200,000 records the job brings. */
  part: z.object({ page: z.number(), token: z.string().nullable() }),
  /** Asked for. */
  fields: z.array(z.string()),
});
export type BulkCursor = Readonly<z.output<typeof bulk>>;

/** All records by id, above the last one read. */
const scan = z.object({
  kind: z.literal('scan'),
  above: z.string(),
  /** Expected still: decides the size of the next page. */
  left: z.number(),
  /** Only ids by COQL, the values by GET. */
  byId: z.boolean(),
  /** Asked for. */
  fields: z.array(z.string()),
});
export type ScanCursor = Readonly<z.output<typeof scan>>;

/** A list by GET; its token lives for a day and only with the same parameters (facts §4.1). */
const get = z.object({
  kind: z.literal('get'),
  token: z.string().nullable(),
  above: z.string(),
  left: z.number(),
  /** Asked for: a token is bound to them. */
  fields: z.array(z.string()),
});
export type GetCursor = Readonly<z.output<typeof get>>;

/** Changed rows in the order of modified time and id, between two places. */
const changes = z.object({
  kind: z.literal('changes'),
  /** The beginning, until a row was read. */
  from: z.string().nullable(),
  behind: place,
  before: place,
  marks: marks.nullable(),
  /** Known already. */
  seen: z.array(z.tuple([z.string(), z.string()])),
  /** Asked for. */
  fields: z.array(z.string()),
});
export type ChangesCursor = Readonly<z.output<typeof changes>>;

/** Records by name. */
const ids = z.object({ kind: z.literal('ids'), ids: z.array(z.string()) });
export type IdsCursor = Readonly<z.output<typeof ids>>;

/** Records that are gone. */
const removed = z.object({
  kind: z.literal('removed'),
  removals: z.array(z.tuple([z.enum(['archived', 'erased']), z.string()])),
});
export type RemovedCursor = Readonly<z.output<typeof removed>>;

const cursor = z.discriminatedUnion('kind', [bulk, scan, get, changes, ids, removed]);
export type Cursor = z.output<typeof cursor>;

export function renderCursor(value: Cursor): string {
  return JSON.stringify(value);
}

/** @throws AssayError `CURSOR_INVALID` (ask). */
export function parseCursor(task: PullTask): Cursor {
  return readCursor(cursor, task);
}
