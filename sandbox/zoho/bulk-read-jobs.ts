import { type BulkReadPage, readPage } from './bulk-read-page.ts';
import type { BulkReadQuery } from './bulk-read-query.ts';
import type { JobFault } from './job-faults.ts';
import { endOf, type JobPace, startOf } from './job-pace.ts';
import type { Org } from './org.ts';
import { type PageStart, PageTokens } from './page-tokens.ts';
import { zipText } from './zip.ts';

const DAY = 24 * 3_600_000;

/** A job as it was made; its rows are those of that moment. */
export interface BulkReadJob {
  readonly id: string;
  readonly query: BulkReadQuery;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly page: number;
  readonly rows: number;
  readonly nextPageToken: string | null;
}

export type ReadState = 'ADDED' | 'IN PROGRESS' | 'COMPLETED' | 'FAILURE';

/** What jobs go by. */
export interface BulkReadSettings {
  readonly jobFault: JobFault;
  readonly pace: JobPace;
  readonly pageRows: number;
}

interface ReadPage {
  readonly read: BulkReadPage;
  readonly start: PageStart;
}

interface Kept {
  readonly job: BulkReadJob;
  /** Until its day is over. */
  zip: Buffer | null;
  fault: ReturnType<JobFault> | 'none' | null;
}

/** The bulk reads of one org. Time decides how far each of them is. */
export class BulkReadJobs {
  readonly #org: Org;
  readonly #settings: BulkReadSettings;
  readonly #jobs = new Map<string, Kept>();
  readonly #tokens = new PageTokens();

  constructor(org: Org, settings: BulkReadSettings) {
    this.#org = org;
    this.#settings = settings;
  }

  add(query: BulkReadQuery, createdBy: string): BulkReadJob {
    this.#forgetOld();
    const createdAt = this.#org.clock();
    const start = this.#startOf(query, createdBy, createdAt);
    const read = readPage(this.#org, query, this.#settings.pageRows, start);
    const [{ rows }, { page }, id] = [read, start, this.#org.ids.take()];
    const nextPageToken = this.#nextToken(query, createdBy, createdAt, { read, start });
    const job = { id, query, createdBy, createdAt, page, rows, nextPageToken };
    const zip = zipText({ name: `${id}.csv`, text: read.csv });
    this.#jobs.set(id, { job, zip, fault: null });
    return job;
  }

  get(id: string): BulkReadJob | undefined {
    return this.#jobs.get(id)?.job;
  }

  stateOf(job: BulkReadJob): ReadState {
    const now = this.#org.clock();
    const { pace } = this.#settings;
    if (now < startOf(pace, job.createdAt)) return 'ADDED';
    if (now < endOf(pace, job.createdAt, job.rows)) return 'IN PROGRESS';
    return this.#faultOf(job) === 'failure' ? 'FAILURE' : 'COMPLETED';
  }

  /** The zip, once the job is done and until a day after; a fault may have cut it in half. */
  resultOf(job: BulkReadJob): Buffer | undefined {
    this.#forgetOld();
    const zip = this.#jobs.get(job.id)?.zip ?? undefined;
    if (this.stateOf(job) !== 'COMPLETED' || zip === undefined) return undefined;
    return this.#faultOf(job) === 'truncated' ? zip.subarray(0, zip.length >> 1) : zip;
  }

  #startOf({ key, page, pageToken }: BulkReadQuery, userId: string, now: number): PageStart {
    if (pageToken !== null)
      return this.#tokens.redeem(pageToken, { userId, fingerprint: key }, now);
    return { after: null, before: (page - 1) * this.#settings.pageRows, page, previous: null };
  }

  #nextToken(
    { key: fingerprint, pageToken: previous }: BulkReadQuery,
    userId: string,
    now: number,
    { read: { rows, lastId, moreRecords }, start: { before, page } }: ReadPage,
  ): string | null {
    if (!moreRecords) return null;
    const after = { key: 0, id: lastId };
    const next = { after, before: before + rows, page: page + 1, previous };
    return this.#tokens.issue({ userId, fingerprint }, next, now).token;
  }

  /** Asked for once, when the job comes to its end. */
  #faultOf(job: BulkReadJob): ReturnType<JobFault> | 'none' | null {
    const kept = this.#jobs.get(job.id);
    if (kept === undefined) return null;
    kept.fault ??= this.#settings.jobFault('read') ?? 'none';
    return kept.fault;
  }

  #forgetOld(): void {
    const now = this.#org.clock();
    for (const kept of this.#jobs.values()) {
      const { createdAt, rows } = kept.job;
      if (now >= endOf(this.#settings.pace, createdAt, rows) + DAY) kept.zip = null;
    }
  }
}
