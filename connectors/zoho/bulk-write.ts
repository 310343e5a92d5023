import { CallError } from '../../src/connector/http/call-error.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import { step } from '../../src/lib/step.ts';
import type { BulkAccess } from './bulk-access.ts';
import { type BulkFile, bulkFile } from './bulk-csv.ts';
import {
  endOfJob,
  isCompleted,
  resultOf,
  startJob,
  type UploadedFile,
  uploadFile,
} from './bulk-job.ts';
import { type RowStatus, readResult } from './bulk-result.ts';
import type { KeptJob } from './job-keeper.ts';
import { awaitUnanswered } from './left-jobs.ts';
import { refusalReceipt } from './rejections.ts';
import { refusalOf } from './row-answers.ts';
import { clears, type Row, type RowOutcome } from './rows.ts';
import type { Session } from './session.ts';
import { zipLimit } from './write-costs.ts';

/**
 * Writes rows of one batch by a job, or by several when their zip is too large. Whatever is not told
 * row by row is left open: nothing follows from the counts of a job.
 */
export async function bulkWrite(
  session: Session,
  access: BulkAccess,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<readonly RowOutcome[]> {
  const file = bulkFile(rows);
  if (file.zip.byteLength <= zipLimit) return await writeFile(session, access, rows, file, signal);
  const middle = Math.ceil(rows.length / 2);
  const first = await bulkWrite(session, access, rows.slice(0, middle), signal);
  return [...first, ...(await bulkWrite(session, access, rows.slice(middle), signal))];
}

async function writeFile(
  session: Session,
  access: BulkAccess,
  rows: readonly Row[],
  content: BulkFile,
  signal: AbortSignal,
): Promise<readonly RowOutcome[]> {
  const file = await unlessRefused({ session, access }, () => uploadFile(session, content, signal));
  if (file === null) return rows.map(open);
  return await session.jobs.keep((kept) =>
    writeByJob({ session, access, kept, signal }, rows, file),
  );
}

type Asking = { readonly session: Session; readonly access: BulkAccess };
type Work = Asking & { readonly kept: KeptJob; readonly signal: AbortSignal };

async function writeByJob(
  work: Work,
  rows: readonly Row[],
  file: UploadedFile,
): Promise<readonly RowOutcome[]> {
  const { session, access, kept, signal } = work;
  const id = await begin(work, rows, file);
  const job = id === null ? null : await endOfJob(session, id, signal);
  // The CRM's time, after the last row was written.
  const doneAt = session.serverClock.now();
  await kept.over();
  if (id === null || job === null) return rows.map(open);
  if (!isCompleted(job)) {
    access.failed();
    session.log.warn({ job: id, status: job.status, resource: job.resource }, 'bulk.failed');
    return rows.map(open);
  }
  access.completed();
  const statuses = await statusesOf(session, id, job, signal);
  const byId = new Map((statuses ?? []).map((status) => [status.id, status]));
  return rows.map((row) => ({ row, receipt: receiptOf(row, byId.get(row.id), doneAt) }));
}

/** `null`: there is none at work, whether refused or because its time is over. */
async function begin(work: Work, rows: readonly Row[], file: UploadedFile): Promise<string | null> {
  const { session, access, kept, signal } = work;
  step('apply.job-noted');
  try {
    const id = await unlessRefused(work, () => startJob(session, file, !rows.some(clears), signal));
    step('apply.job-made');
    if (id !== null) await kept.named(id);
    step('apply.job-named');
    return id;
  } catch (error) {
    if (error instanceof CallError && !error.mayHaveHappened) await kept.over();
    if (!isUncertain(error)) throw error;
    session.log.warn({ reason: String(error) }, 'bulk.unanswered');
    access.failed();
    await awaitUnanswered(session, signal);
    return null;
  }
}

function isUncertain(error: unknown): boolean {
  return error instanceof AssayError && error.code === 'WRITE_UNCERTAIN';
}

/** `null`: this org takes no jobs, or not this one. */
async function unlessRefused<T>(
  { session, access }: Asking,
  ask: () => Promise<T>,
): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof CallError) || !isRefused(error)) throw error;
    const { code, message } = error;
    session.log.warn({ code, reason: message }, 'bulk.refused');
    access.refuse(`Zoho refuses bulk write (${message})`);
    return null;
  }
}

// A scope or an edition that does not hold it: PUT does the same, only at another price.
function isRefused({ disposition, code }: CallError): boolean {
  return disposition === 'reject' || code === 'SCOPE_MISSING' || code === 'ACCESS_DENIED';
}

async function statusesOf(
  session: Session,
  id: string,
  job: Parameters<typeof resultOf>[2],
  signal: AbortSignal,
): Promise<readonly RowStatus[] | null> {
  const zip = await download(session, id, job, signal);
  const statuses = zip === null ? null : readResult(zip);
  if (statuses === null) session.log.warn({ job: id }, 'bulk.result_unreadable');
  return statuses;
}

async function download(
  session: Session,
  id: string,
  job: Parameters<typeof resultOf>[2],
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  try {
    return await resultOf(session, id, job, signal);
  } catch (error) {
    if (error instanceof CallError && error.disposition === 'reject') return null;
    throw error;
  }
}

function open(row: Row): RowOutcome {
  return { row, receipt: null };
}

function receiptOf({ change }: Row, status: RowStatus | undefined, doneAt: number) {
  if (status === undefined) return null;
  if (status.status === 'UPDATED')
    return {
      seq: change.seq,
      outcome: 'applied',
      modifiedAt: new Date(doneAt).toISOString(),
    } as const;
  if (status.code === null) return null;
  return refusalReceipt(change, refusalOf(status.code, status.field, 'skipped by the bulk job'));
}
