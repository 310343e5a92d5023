import type { PullPage } from '../../src/connector/pull.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import type { PullTask } from '../../src/domain/pull-task.ts';
import { downloadJob, type EndedJob, endOfReadJob, firstPart, startReadJob } from './bulk-read.ts';
import { type ResultPage, rowsPerPage } from './bulk-results.ts';
import { type BulkCursor, renderCursor } from './cursors.ts';
import { needsExtras } from './deal-extras.ts';
import { ZohoRefusal } from './errors.ts';
import { emptyPage, moduleOf, type PullContext } from './pull-context.ts';
import { rowsWithExtras } from './pull-scan.ts';
import { pageOf } from './rows-page.ts';
import { fieldsToRead } from './shape.ts';
import { BrokenZip } from './zip-rows.ts';

/** Jobs begun anew for one task in one process, before it is given up. */
const mostRenewals = 3;

type Running = BulkCursor & { readonly job: string };

/** The next rows of a bulk read job's result; waits for the job, and downloads it once. */
export async function bulkPage(
  context: PullContext,
  task: PullTask,
  cursor: BulkCursor,
  signal: AbortSignal,
): Promise<PullPage> {
  const { job } = cursor;
  if (job === null) return await begun(context, task, cursor, signal);
  const running = { ...cursor, job };
  const found = await rowsOf(context, task, running, signal);
  return found instanceof Error
    ? renewed(context, task, cursor, found.message)
    : await resultPage(context, task, running, found, signal);
}

/** A page of its own, so that the job's name is saved before anything is read. */
async function begun(
  context: PullContext,
  task: PullTask,
  cursor: BulkCursor,
  signal: AbortSignal,
): Promise<PullPage> {
  const { session } = context;
  const module = moduleOf(session, task.object);
  // A token is bound to the fields of the job that gave it.
  const fields =
    cursor.part.token === null
      ? [...(await fieldsToRead(session, task.object, signal))]
      : cursor.fields;
  try {
    const job = await startReadJob(session, { module, fields, part: cursor.part }, signal);
    return { ...emptyPage, next: placed(task, { ...cursor, fields, job: job.id, row: 0 }) };
  } catch (error) {
    if (!isLost(error)) throw error;
    // It may be a field that is gone: then the next attempt says so.
    session.metadata.forget(module);
    return renewed(context, task, cursor, error.message);
  }
}

async function resultOf(
  { session, results }: PullContext,
  { job }: Running,
  signal: AbortSignal,
): Promise<EndedJob> {
  const known = results.ended(job);
  if (known !== undefined) return known;
  const ended = await endOfReadJob(session, job, signal);
  if (!ended.isCompleted) throw new LostJob(`Bulk read job ${job} ended ${ended.state}`);
  if (ended.rows !== 0) results.keep(job, ended, await downloadJob(session, job, signal));
  return ended;
}

type Found = ResultPage & { readonly ended: EndedJob };

/** The rows from the cursor's on; why the job is lost, if it is. */
async function rowsOf(
  context: PullContext,
  { object }: PullTask,
  cursor: Running,
  signal: AbortSignal,
): Promise<Found | Error> {
  const { session, results } = context;
  const { job, row } = cursor;
  try {
    const ended = await resultOf(context, cursor, signal);
    if (ended.rows === 0) return { ended, rows: [], isLast: true };
    const size = object === 'deals' && needsExtras(session) ? rowsWithExtras : rowsPerPage;
    const page = results.page(job, row, size);
    checkWhole(ended, page, row + page.rows.length);
    return { ended, ...page };
  } catch (error) {
    if (!isLost(error)) throw error;
    results.drop(job);
    return error;
  }
}

function checkWhole({ rows }: EndedJob, { isLast }: ResultPage, read: number): void {
  if (isLast && rows !== null && read !== rows)
    throw new BrokenZip(`the CSV has ${read} rows, not ${rows}`);
}

async function resultPage(
  { session, results }: PullContext,
  task: PullTask,
  cursor: Running,
  { rows, isLast, ended }: Found,
  signal: AbortSignal,
): Promise<PullPage> {
  const page = await pageOf(session, task.object, rows, signal);
  if (isLast) results.drop(cursor.job);
  return {
    ...emptyPage,
    ...page,
    next: isLast ? null : placed(task, { ...cursor, row: cursor.row + rows.length }),
    spawned: cursor.row === 0 ? followers(task, cursor, ended) : [],
  };
}

/** The next 200,000 records begin while these are read. A job begun anew has followers of its own. */
function followers(task: PullTask, { job, fields }: Running, { next }: EndedJob): PullTask[] {
  if (next === null) return [];
  const { object, kind } = task;
  const cursor = renderCursor({ kind: 'bulk', job: null, row: 0, part: next, fields });
  return [{ key: `${object}:bulk:${next.page}:${job}`, object, kind, cursor, expected: null }];
}

/** The result has expired, the job failed, or the file is not whole: only a new job helps. */
class LostJob extends Error {
  override readonly name = 'LostJob';
}

function isLost(error: unknown): error is Error {
  if (error instanceof LostJob || error instanceof BrokenZip) return true;
  return error instanceof ZohoRefusal && ['NOT_FOUND', 'REQUEST_REFUSED'].includes(error.code);
}

/** @throws AssayError `BULK_JOB_FAILED` (pause the connection) when that was in vain several times. */
function renewed(
  { session, renewals }: PullContext,
  task: PullTask,
  cursor: BulkCursor,
  why: string,
): PullPage {
  const times = (renewals.get(task.key) ?? 0) + 1;
  renewals.set(task.key, times);
  if (times > mostRenewals) throw failed(task, why);
  session.log.warn({ task: task.key, job: cursor.job, why, times }, 'pull.job-begun-anew');
  // A part that cannot even begin has lost its token: then all of it is read again.
  const part = cursor.job === null ? firstPart : cursor.part;
  return { ...emptyPage, next: placed(task, { ...cursor, job: null, row: 0, part }) };
}

function failed({ object }: PullTask, why: string): AssayError {
  return new AssayError(
    'BULK_JOB_FAILED',
    'pause-connection',
    `Zoho could not export the ${object} in ${mostRenewals + 1} attempts; the last one: ${why}`,
    'Look at Setup, Data Administration, Export in Zoho, then run again; `bulkRead: false` in the settings reads without exports.',
  );
}

function placed(task: PullTask, cursor: BulkCursor): PullTask {
  return { ...task, cursor: renderCursor(cursor) };
}
