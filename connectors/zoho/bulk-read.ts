import { z } from 'zod';
import { AssayError } from '../../src/domain/assay-error.ts';
import type { Instant } from '../../src/domain/time.ts';
import { readInstant } from './instant.ts';
import type { Session } from './session.ts';
import { idText } from './wire.ts';
import { zipBytes } from './wire-jobs.ts';

const path = '/crm/bulk/v8/read';
/** Looks at a job grow further apart by this, and no further apart than so many polls of the setting. */
const growth = 1.5;
const longestPause = 12;

const made = z
  .object({
    data: z
      .array(
        z.looseObject({
          details: z.looseObject({ id: idText, created_time: z.string().nullish() }),
        }),
      )
      .min(1),
  })
  .transform(({ data }) => data[0]?.details);

const status = z
  .object({
    data: z
      .array(
        z.looseObject({
          state: z.string().transform((text) => text.toUpperCase()),
          created_time: z.string().nullish(),
          result: z
            .looseObject({
              page: z.number().nullish(),
              count: z.number().nullish(),
              more_records: z.boolean().catch(false),
              next_page_token: z.string().nullish(),
            })
            .nullish()
            .catch(null),
        }),
      )
      .min(1),
  })
  .transform(({ data }) => data[0]);

/** A job as it was made. */
export type ReadJob = { readonly id: string; readonly createdAt: Instant | null };

/** A job that has ended. */
export type EndedJob = {
  readonly isCompleted: boolean;
  /** As Zoho calls it, for example `FAILURE`. */
  readonly state: string;
  /** Rows in its result; `null` when it does not say. */
  readonly rows: number | null;
  /** Where the next job goes on; `null` when there is no more. */
  readonly next: JobPart | null;
};

/** The 200,000 records that one job brings: by the token of the job before it, else by number. */
export type JobPart = { readonly page: number; readonly token: string | null };
export const firstPart: JobPart = { page: 1, token: null };

type JobQuery = {
  readonly module: string;
  readonly fields: readonly string[];
  readonly part: JobPart;
};

/** Begins a job that exports a module's live records, 200,000 of them at most (facts §4.3). */
export async function startReadJob(
  { client, settings }: Session,
  { module, fields, part }: JobQuery,
  signal: AbortSignal,
): Promise<ReadJob> {
  const page = part.token === null ? { page: part.page } : { page_token: part.token };
  const query = { module: { api_name: module }, fields: ['id', ...fields], ...page };
  const job = await client.send(
    {
      ...{ method: 'POST', path, body: { query, file_type: 'csv' }, answer: made },
      ...{ effect: 'read', credits: settings.bulkReadCredits, pool: 'plain' },
    },
    signal,
  );
  return { id: job?.id ?? '', createdAt: readInstant(job?.created_time) };
}

/**
 * Looks at a job until it ends, at growing pauses: each look is a credit.
 * @throws AssayError `BULK_JOB_LATE` (end at checkpoint).
 */
export async function endOfReadJob(
  session: Session,
  id: string,
  signal: AbortSignal,
): Promise<EndedJob> {
  const { bulkPollMs, bulkTimeoutMs } = session.settings;
  let [pause, waited] = [bulkPollMs, 0];
  for (;;) {
    const ended = await lookAt(session, id, signal);
    if (ended !== null) return ended;
    if (waited >= bulkTimeoutMs) throw late(id, waited);
    await session.wait(pause, signal);
    waited += pause;
    pause = Math.min(pause * growth, bulkPollMs * longestPause);
  }
}

async function lookAt(
  { client }: Session,
  id: string,
  signal: AbortSignal,
): Promise<EndedJob | null> {
  const job = await client.send(
    {
      ...{ method: 'GET', path: `${path}/${id}`, answer: status },
      ...{ effect: 'read', credits: 1, pool: 'plain' },
    },
    signal,
  );
  const state = job?.state ?? 'unknown';
  if (!['COMPLETED', 'FAILURE', 'FAILED'].includes(state)) return null;
  const { result } = job ?? {};
  const next = { page: (result?.page ?? 1) + 1, token: result?.next_page_token ?? null };
  return {
    ...{ state, isCompleted: state === 'COMPLETED', rows: result?.count ?? null },
    next: result?.more_records === true ? next : null,
  };
}

/** The zip of a completed job; ten a minute, kept for a day (facts §1). */
export async function downloadJob(
  { client }: Session,
  id: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  return await client.send(
    {
      ...{ method: 'GET', path: `${path}/${id}/result`, answer: zipBytes, as: 'bytes' },
      ...{ effect: 'read', credits: 1, pool: 'plain', isDownload: true },
    },
    signal,
  );
}

function late(id: string, waited: number): AssayError {
  return new AssayError(
    'BULK_JOB_LATE',
    'end-at-checkpoint',
    `Bulk job ${id} is not done after ${Math.round(waited / 1000)} s`,
    'Nothing: the next run goes on with the same job. Raise bulkTimeoutMs if jobs of this org take longer.',
  );
}
