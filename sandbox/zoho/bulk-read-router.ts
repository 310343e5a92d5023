import { type Request, Router } from 'express';
import { userIdOf } from './auth.ts';
import { checkEdition, resourceNotFound } from './bulk-errors.ts';
import { type BulkReadJob, BulkReadJobs, type ReadState } from './bulk-read-jobs.ts';
import { readBulkReadQuery } from './bulk-read-query.ts';
import { DownloadLimit } from './download-limit.ts';
import { instantText } from './instant.ts';
import type { JobFault } from './job-faults.ts';
import { type JobPace, quickJobs } from './job-pace.ts';
import type { Org } from './org.ts';
import type { Edition } from './org-options.ts';
import { pathPart } from './parameters.ts';
import { shownTimeZone, userView } from './record-view.ts';

/** How bulk reads behave where it is not the same everywhere. */
export interface BulkReadOptions {
  /** Asked once for each job, at its end. Default: nothing goes wrong. */
  readonly jobFault: JobFault;
  /** Default {@link quickJobs}. */
  readonly jobMs: Partial<JobPace>;
  /** Default 200,000. */
  readonly pageRows: number;
  /** Default 10. */
  readonly downloadsPerMinute: number;
  /** Editions that have no bulk API [?]. Default: free. */
  readonly unavailableIn: readonly Edition[];
}

const defaults: BulkReadOptions = {
  jobFault: () => undefined,
  jobMs: {},
  pageRows: 200_000,
  downloadsPerMinute: 10,
  unavailableIn: ['free'],
};

/** `POST /read`, `GET /read/{id}` and `GET /read/{id}/result` (facts §4.3). */
export function bulkReadRouter(org: Org, options: Partial<BulkReadOptions> = {}): Router {
  const { jobFault, jobMs, pageRows, downloadsPerMinute, unavailableIn } = {
    ...defaults,
    ...options,
  };
  const jobs = new BulkReadJobs(org, { jobFault, pageRows, pace: { ...quickJobs, ...jobMs } });
  const downloads = new DownloadLimit(downloadsPerMinute);
  const router = Router();
  router.post('/read', (req, res) => {
    checkEdition(org, unavailableIn);
    const job = jobs.add(readBulkReadQuery(org, req.body), userIdOf(res) || org.users.current.id);
    res.status(201).json({ data: [added(org, job)], info: {} });
  });
  router.get('/read/:id', (req, res) => {
    const job = jobNamed(jobs, req);
    res.json({ data: [describe(org, job, jobs.stateOf(job), pageRows)] });
  });
  router.get('/read/:id/result', (req, res) => {
    downloads.take(org.clock());
    const job = jobNamed(jobs, req);
    const zip = jobs.resultOf(job);
    if (zip === undefined) throw resourceNotFound(`${job.id}/result`);
    res.attachment(`${job.id}.zip`).type('application/zip').send(zip);
  });
  return router;
}

function jobNamed(jobs: BulkReadJobs, req: Request): BulkReadJob {
  const id = pathPart(req, 'id');
  const job = jobs.get(id);
  if (job === undefined) throw resourceNotFound(id);
  return job;
}

function added(org: Org, job: BulkReadJob) {
  return {
    status: 'success',
    code: 'ADDED_SUCCESSFULLY',
    message: 'Added successfully.',
    details: { id: job.id, operation: 'read', state: 'ADDED', ...made(org, job) },
  };
}

function made(org: Org, { createdBy, createdAt }: BulkReadJob) {
  const user = userView(org, createdBy);
  return {
    created_by: { id: createdBy, name: user?.['name'] ?? null },
    created_time: instantText(createdAt, shownTimeZone(org)),
  };
}

function describe(org: Org, job: BulkReadJob, state: ReadState, pageRows: number) {
  const { id, query, page, rows, nextPageToken } = job;
  const result = {
    page,
    count: rows,
    per_page: pageRows,
    more_records: nextPageToken !== null,
    download_url: `/crm/bulk/v8/read/${id}/result`,
    next_page_token: nextPageToken,
  };
  return {
    ...{ id, operation: 'read', state },
    ...(state === 'COMPLETED' ? { result } : {}),
    ...{ query: query.shown, ...made(org, job), file_type: 'csv' },
  };
}
