import { AssayError } from '../../src/domain/assay-error.ts';
import type { BulkFile } from './bulk-csv.ts';
import { isZohoHost } from './data-centres.ts';
import type { Session } from './session.ts';
import { jobMade, uploadAnswer, type WriteJob, writeJob, zipBytes } from './wire-jobs.ts';

const path = '/crm/bulk/v8/write';
/** Looks at a job grow further apart by this, and no further apart than so many polls of the setting. */
const growth = 1.5;
const longestPause = 12;

/** A file that is uploaded, and what its columns are. */
export type UploadedFile = Pick<BulkFile, 'columns'> & { readonly id: string };

/**
 * Makes a job of a file; its id.
 * @throws AssayError `WRITE_UNCERTAIN` (ask): nobody knows whether there is one now.
 */
export async function startJob(
  { client, module, settings }: Session,
  { columns, id: file }: UploadedFile,
  ignoreEmpty: boolean,
  signal: AbortSignal,
): Promise<string> {
  const mappings = columns.map((api_name, index) => ({ api_name, index }));
  return await client.send(
    {
      method: 'POST',
      path,
      // It has no `trigger` of its own; that automations do not run is assumed (facts §5.4).
      body: {
        operation: 'update',
        ignore_empty: ignoreEmpty,
        resource: [
          {
            type: 'data',
            module: { api_name: module },
            file_id: file,
            find_by: 'id',
            field_mappings: mappings,
          },
        ],
      },
      answer: jobMade,
      effect: 'write',
      // A second one would write when nobody waits for it any more.
      repeatable: false,
      credits: settings.bulkWriteCredits,
      pool: 'plain',
    },
    signal,
  );
}

export async function uploadFile(
  session: Session,
  { columns, zip }: BulkFile,
  signal: AbortSignal,
): Promise<UploadedFile> {
  const { zgid } = await session.org(signal);
  const body = new FormData();
  body.append('file', new Blob([Uint8Array.from(zip)], { type: 'application/zip' }), 'rows.zip');
  const id = await session.client.send(
    {
      method: 'POST',
      path: '/crm/v8/upload',
      headers: { feature: 'bulk-write', 'X-CRM-ORG': zgid },
      body,
      answer: uploadAnswer,
      effect: 'write',
      credits: 1,
      pool: 'plain',
      host: 'content',
    },
    signal,
  );
  return { columns, id };
}

/**
 * Looks at a job until it ends, at growing pauses.
 * @throws AssayError `BULK_JOB_LATE` (end at checkpoint) when it takes longer than the setting allows.
 */
export async function endOfJob(
  { client, settings, wait }: Session,
  id: string,
  signal: AbortSignal,
): Promise<WriteJob> {
  let [pause, waited] = [settings.bulkPollMs, 0];
  while (waited < settings.bulkTimeoutMs) {
    await wait(pause, signal);
    waited += pause;
    const job = await client.send(
      {
        ...{ method: 'GET', path: `${path}/${id}`, answer: writeJob },
        ...{ effect: 'read', credits: 1, pool: 'plain' },
      },
      signal,
    );
    if (isOver(job)) return job;
    pause = Math.min(pause * growth, settings.bulkPollMs * longestPause);
  }
  throw new AssayError(
    'BULK_JOB_LATE',
    'end-at-checkpoint',
    `Bulk job ${id} is not done after ${Math.round(waited / 1000)} s`,
    'Nothing: the next run waits for it, reads back what was written and writes the rest. Raise bulkTimeoutMs if jobs of this org take longer.',
  );
}

function isOver({ status }: WriteJob): boolean {
  return ['COMPLETED', 'FAILED', 'FAILURE', 'SKIPPED'].includes(status);
}

export function isCompleted({ status }: WriteJob): boolean {
  return status === 'COMPLETED';
}

/** The zip with what became of each row. */
export async function resultOf(
  { client, addresses }: Session,
  id: string,
  { result }: WriteJob,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const api = addresses.of('api');
  const url = new URL(result?.download_url ?? `${path}/${id}/result`, api);
  return await client.send(
    {
      ...{ method: 'GET', path: `${url.pathname}${url.search}`, answer: zipBytes, as: 'bytes' },
      ...{ effect: 'read', credits: 1, pool: 'plain', isDownload: true },
      // Zoho keeps results on hosts of their own; no other is shown the token.
      ...(isZohoHost(url.hostname) && { origin: url.origin }),
    },
    signal,
  );
}
