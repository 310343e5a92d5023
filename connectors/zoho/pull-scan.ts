import type { PullPage } from '../../src/connector/pull.ts';
import type { PullTask } from '../../src/domain/pull-task.ts';
import { fieldsAfterRefusal, isQueryRefused, refusedOf } from './column-refusal.ts';
import { coql } from './coql.ts';
import { quoted } from './criteria.ts';
import { type Cursor, type GetCursor, renderCursor, type ScanCursor } from './cursors.ts';
import { needsExtras } from './deal-extras.ts';
import { ZohoRefusal } from './errors.ts';
import { type FlatRecord, flatRecord } from './flat-record.ts';
import { emptyPage, moduleOf, type PullContext } from './pull-context.ts';
import { getByIds } from './read-by-ids.ts';
import { deepestGet, fieldsPerGet, pageLimit, rowsPerGet } from './read-route.ts';
import { pageOf } from './rows-page.ts';
import { recordPage } from './wire.ts';

/** Deals that cost calls of their own come in small pages: a crash costs one page's calls. */
export const rowsWithExtras = 200;

/** The next page of all records by id: a keyset, so records may come and go meanwhile. */
export async function scanPage(
  context: PullContext,
  task: PullTask,
  cursor: ScanCursor,
  signal: AbortSignal,
): Promise<PullPage> {
  try {
    const { rows, hasMore, last } = await scanRows(context, task, cursor, signal);
    const page = await pageOf(context.session, task.object, rows, signal);
    const next = { ...cursor, above: last ?? cursor.above, left: cursor.left - rows.length };
    return { ...emptyPage, ...page, next: hasMore ? advanced(task, next) : null };
  } catch (error) {
    if (!isQueryRefused(error)) throw error;
    return await withoutField(context, task, cursor, error, signal);
  }
}

async function scanRows(
  context: PullContext,
  { object }: PullTask,
  { above, left, byId, fields }: ScanCursor,
  signal: AbortSignal,
) {
  const { session } = context;
  const module = moduleOf(session, object);
  const { rows, hasMore } = await coql(
    session,
    {
      ...{ module, select: byId ? [] : fields, order: 'id asc' },
      where: `id > ${quoted(above)}`,
      limit: limitOf(context, object, left),
    },
    signal,
  );
  const ids = rows.map(({ id }) => id);
  const found = byId ? await getByIds(context, { object, fields }, ids, signal) : rows;
  return { rows: found, hasMore, last: ids.at(-1) };
}

function limitOf({ session }: PullContext, object: PullTask['object'], left: number): number {
  const { coqlRows } = session.settings;
  if (object === 'deals' && needsExtras(session)) return Math.min(rowsWithExtras, coqlRows);
  return pageLimit(Math.max(left, 1), coqlRows);
}

/** The same scan without what COQL refuses: as a list by GET where it can begin there. */
async function withoutField(
  context: PullContext,
  task: PullTask,
  cursor: ScanCursor,
  refusal: ZohoRefusal,
  signal: AbortSignal,
): Promise<PullPage> {
  const fields = await fieldsAfterRefusal(context, task.object, refusal, cursor.fields, signal);
  const { above, left } = cursor;
  const isRefused = refusedOf(context, task.object, fields).length > 0;
  const canList = above === '0' && fields.length <= fieldsPerGet && left <= deepestGet;
  const next: Cursor =
    isRefused && canList
      ? { kind: 'get', token: null, above, left, fields: [...fields] }
      : { ...cursor, byId: isRefused, fields: [...fields] };
  return { ...emptyPage, next: advanced(task, next) };
}

/** The next page of a list by GET, ascending by id. */
export async function getPage(
  context: PullContext,
  task: PullTask,
  cursor: GetCursor,
  signal: AbortSignal,
): Promise<PullPage> {
  try {
    const { rows, hasMore, token } = await listRows(context, task, cursor, signal);
    const page = await pageOf(context.session, task.object, rows, signal);
    const above = rows.at(-1)?.id ?? cursor.above;
    const next: Cursor =
      token === null
        ? asScan(cursor, above)
        : { ...cursor, token, above, left: cursor.left - rows.length };
    return { ...emptyPage, ...page, next: hasMore ? advanced(task, next) : null };
  } catch (error) {
    if (cursor.token === null || !isTokenRefused(error)) throw error;
    context.session.log.warn({ task: task.key, code: error.zohoCode }, 'pull.page-token-lost');
    return { ...emptyPage, next: advanced(task, asScan(cursor, cursor.above)) };
  }
}

async function listRows(
  { session }: PullContext,
  { object }: PullTask,
  { token, fields }: GetCursor,
  signal: AbortSignal,
): Promise<{
  readonly rows: readonly FlatRecord[];
  readonly hasMore: boolean;
  readonly token: string | null;
}> {
  const { records, hasMore, nextToken } = await session.client.send(
    {
      method: 'GET',
      path: `/crm/v8/${moduleOf(session, object)}`,
      query: {
        ...{ fields: fields.join(','), per_page: String(rowsPerGet) },
        ...{ sort_by: 'id', sort_order: 'asc' },
        ...(token !== null && { page_token: token }),
      },
      answer: recordPage,
      effect: 'read',
      credits: 1,
      pool: 'complex',
    },
    signal,
  );
  return { rows: records.map(flatRecord), hasMore, token: nextToken };
}

const tokenCodes: ReadonlySet<string> = new Set([
  'EXPIRED_VALUE',
  'TOKEN_BOUND_DATA_MISMATCH',
  'PAGINATION_LIMIT_EXCEEDED',
  'INVALID_DATA',
]);

/** A page token that is too old, was bound to something else, or leads no deeper (facts §4.1). */
function isTokenRefused(error: unknown): error is ZohoRefusal {
  return error instanceof ZohoRefusal && tokenCodes.has(error.zohoCode);
}

/** Goes on above the last record without a token: ids by COQL, which takes them as a lower bound. */
function asScan({ left, fields }: GetCursor, above: string): ScanCursor {
  return { kind: 'scan', above, left, byId: true, fields };
}

function advanced(task: PullTask, cursor: Cursor): PullTask {
  return { ...task, cursor: renderCursor(cursor) };
}
