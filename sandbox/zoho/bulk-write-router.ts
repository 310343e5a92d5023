import { type Request, Router } from 'express';
import { userIdOf } from './auth.ts';
import { checkEdition, resourceNotFound } from './bulk-errors.ts';
import type { BulkWriteJob, WriteState } from './bulk-write-job.ts';
import { BulkWriteJobs } from './bulk-write-jobs.ts';
import { readBulkWrite } from './bulk-write-request.ts';
import { instantText } from './instant.ts';
import type { JobFault } from './job-faults.ts';
import { type JobPace, quickJobs } from './job-pace.ts';
import type { Org } from './org.ts';
import type { Edition } from './org-options.ts';
import { pathPart } from './parameters.ts';
import { shownTimeZone, userView } from './record-view.ts';

/** How bulk writes behave where it is not the same everywhere. */
export interface BulkWriteOptions {
  /** Asked once for each job, when its work begins. Default: nothing goes wrong. */
  readonly jobFault: JobFault;
  /** Default {@link quickJobs}. */
  readonly jobMs: Partial<JobPace>;
  /** Whether the customer's automations see the rows [?]. Default false (facts §5.4). */
  readonly runsAutomations: boolean;
  /** Editions that have no bulk API [?]. Default: free. */
  readonly unavailableIn: readonly Edition[];
}

const defaults: BulkWriteOptions = {
  ...{ jobFault: () => undefined, jobMs: {}, runsAutomations: false, unavailableIn: ['free'] },
};

/** `POST /write`, `GET /write/{id}` and `GET /write/{id}/result` (facts §5.4). */
export function bulkWriteRouter(org: Org, options: Partial<BulkWriteOptions> = {}): Router {
  const { jobFault, jobMs, runsAutomations, unavailableIn } = { ...defaults, ...options };
  const pace = { ...quickJobs, ...jobMs };
  const jobs = new BulkWriteJobs(org, { jobFault, pace, runsAutomations });
  const router = Router();
  router.post('/write', (req, res) => {
    checkEdition(org, unavailableIn);
    const job = jobs.add(readBulkWrite(org, req.body), userIdOf(res) || org.users.current.id);
    res.status(201).json({
      ...{ status: 'success', code: 'SUCCESS', message: 'success' },
      details: { id: job.id, created_by: userOf(org, job) },
    });
  });
  router.get('/write/:id', (req, res) => {
    const job = jobNamed(jobs, req);
    const url = `${req.protocol}://${req.get('host') ?? ''}/crm/bulk/v8/write/${job.id}/result`;
    res.json(describe(org, job, url));
  });
  router.get('/write/:id/result', (req, res) => {
    const job = jobNamed(jobs, req);
    const zip = jobs.resultOf(job);
    if (zip === undefined) throw resourceNotFound(`${job.id}/result`);
    res.attachment(`${job.id}.zip`).type('application/zip').send(zip);
  });
  return router;
}

function jobNamed(jobs: BulkWriteJobs, req: Request): BulkWriteJob {
  const id = pathPart(req, 'id');
  const job = jobs.get(id);
  if (job === undefined) throw resourceNotFound(id);
  return job;
}

function userOf(org: Org, { createdBy }: BulkWriteJob) {
  return { id: createdBy, name: userView(org, createdBy)?.['name'] ?? null };
}

function describe(org: Org, job: BulkWriteJob, url: string) {
  const { request } = job;
  const state = job.state();
  return {
    status: state,
    character_encoding: 'UTF-8',
    resource: [resourceOf(job, state)],
    id: job.id,
    ...(state === 'COMPLETED' ? { result: { download_url: url } } : {}),
    created_by: userOf(org, job),
    operation: request.operation,
    created_time: instantText(job.createdAt, shownTimeZone(org)),
    ...(request.callback ? { callback: request.callback } : {}),
  };
}

function resourceOf({ request, outcomes }: BulkWriteJob, state: WriteState) {
  // Of the parts of a job the word is spelt with a space (Zoho's SDK).
  const status = state === 'INPROGRESS' ? 'IN PROGRESS' : state;
  const count = (wanted: string) => outcomes.filter((row) => row.status === wanted).length;
  return {
    ...{ status, type: 'data', module: { api_name: request.module } },
    field_mappings: request.fieldMappings,
    ...(request.findBy === null ? {} : { find_by: request.findBy }),
    ignore_empty: request.ignoreEmpty,
    file: {
      ...{ status, name: request.fileName, total_count: request.rows.length },
      ...{ added_count: count('ADDED'), updated_count: count('UPDATED') },
      skipped_count: count('SKIPPED'),
    },
  };
}
