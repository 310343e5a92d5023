import type { PullPage } from '../../src/connector/pull.ts';
import type { PullTask } from '../../src/domain/pull-task.ts';
import { blamesMarks, fieldsAfterRefusal, isQueryRefused, refusedOf } from './column-refusal.ts';
import { coql } from './coql.ts';
import { allOf, before, behind, modified, notOurs } from './criteria.ts';
import { type ChangesCursor, type IdsCursor, type RemovedCursor, renderCursor } from './cursors.ts';
import { needsExtras } from './deal-extras.ts';
import type { ZohoRefusal } from './errors.ts';
import type { FlatRecord } from './flat-record.ts';
import { modifiedAt } from './mapping.ts';
import { emptyPage, moduleOf, type PullContext } from './pull-context.ts';
import { rowsWithExtras } from './pull-scan.ts';
import { getByIds, idsPerQuery, readByIds } from './read-by-ids.ts';
import { pageOf } from './rows-page.ts';
import { fieldsToRead } from './shape.ts';

/** The next changed rows in the order of (Modified_Time, id): a keyset, so it has no depth. */
export async function changesPage(
  context: PullContext,
  task: PullTask,
  cursor: ChangesCursor,
  signal: AbortSignal,
): Promise<PullPage> {
  try {
    const { rows, hasMore, last } = await changedRows(context, task, cursor, signal);
    const page = await pageOf(context.session, task.object, rows, signal);
    const next = { ...cursor, from: null, behind: last ?? cursor.behind };
    return {
      ...emptyPage,
      ...page,
      next: hasMore ? { ...task, cursor: renderCursor(next) } : null,
    };
  } catch (error) {
    if (!isQueryRefused(error)) throw error;
    return await afterRefusal(context, task, cursor, error, signal);
  }
}

async function changedRows(
  context: PullContext,
  { object }: PullTask,
  cursor: ChangesCursor,
  signal: AbortSignal,
) {
  const { session } = context;
  const isByGet = refusedOf(context, object, cursor.fields).length > 0;
  const { rows, hasMore } = await coql(
    session,
    {
      module: moduleOf(session, object),
      select: isByGet ? ['Modified_Time'] : cursor.fields,
      where: within(cursor),
      order: 'Modified_Time asc, id asc',
      limit:
        object === 'deals' && needsExtras(session)
          ? Math.min(rowsWithExtras, session.settings.coqlRows)
          : session.settings.coqlRows,
    },
    signal,
  );
  const news = unseen(rows, cursor.seen);
  const last = rows.at(-1);
  return {
    rows: isByGet ? await valuesOf(context, object, cursor.fields, news, signal) : news,
    hasMore,
    last: last === undefined ? null : { at: modifiedAt(last.values), id: last.id },
  };
}

function within({ from, behind: place, before: end, marks }: ChangesCursor): string {
  const start = from === null ? behind(place) : modified('>=', from);
  const window = [start, before(end)];
  return allOf(...window, ...(marks === null ? [] : [notOurs(marks)]));
}

async function valuesOf(
  context: PullContext,
  object: PullTask['object'],
  fields: readonly string[],
  rows: readonly FlatRecord[],
  signal: AbortSignal,
) {
  const ids = rows.map(({ id }) => id);
  return await getByIds(context, { object, fields }, ids, signal);
}

/** Rows that no earlier delta has yielded as they are now. */
export function unseen(
  rows: readonly FlatRecord[],
  seen: readonly (readonly [string, string])[],
): readonly FlatRecord[] {
  const known = new Map(seen);
  return rows.filter(({ id, values }) => known.get(id) !== modifiedAt(values));
}

/** Without a field that is gone or that COQL refuses; without the marks where their field is at fault. */
async function afterRefusal(
  context: PullContext,
  task: PullTask,
  cursor: ChangesCursor,
  refusal: ZohoRefusal,
  signal: AbortSignal,
): Promise<PullPage> {
  const { session } = context;
  if (blamesMarks(refusal, cursor.marks)) {
    session.log.warn({ task: task.key, reason: refusal.message }, 'pull.marker-unusable');
    return { ...emptyPage, next: { ...task, cursor: renderCursor({ ...cursor, marks: null }) } };
  }
  const known = await fieldsAfterRefusal(context, task.object, refusal, cursor.fields, signal);
  const next = { ...cursor, fields: [...known] };
  return { ...emptyPage, next: { ...task, cursor: renderCursor(next) } };
}

/** The next 200 of some records by name; those that planning has read already cost nothing. */
export async function idsPage(
  context: PullContext,
  task: PullTask,
  { ids }: IdsCursor,
  signal: AbortSignal,
): Promise<PullPage> {
  const { session, read } = context;
  const known = read.get(task.cursor);
  const now = known === undefined ? ids.slice(0, idsPerQuery) : ids;
  const rows = known ?? (await named(context, task, now, signal));
  const rest = ids.slice(now.length);
  return {
    ...emptyPage,
    ...(await pageOf(session, task.object, rows, signal)),
    next: rest.length === 0 ? null : { ...task, cursor: renderCursor({ kind: 'ids', ids: rest }) },
  };
}

async function named(
  context: PullContext,
  { object }: PullTask,
  ids: readonly string[],
  signal: AbortSignal,
) {
  const fields = await fieldsToRead(context.session, object, signal);
  return await readByIds(context, { object, fields }, ids, signal);
}

/** Records that left: no call. */
export function removedPage({ object }: PullTask, { removals }: RemovedCursor): PullPage {
  return { ...emptyPage, removals: removals.map(([kind, id]) => ({ object, id, kind })) };
}
