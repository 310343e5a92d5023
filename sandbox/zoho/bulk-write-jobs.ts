import { BulkWriteJob, type BulkWriteSettings } from './bulk-write-job.ts';
import type { BulkWriteRequest } from './bulk-write-request.ts';
import type { Org } from './org.ts';
import { zipText } from './zip.ts';

const WEEK = 7 * 24 * 3_600_000;
/** How often jobs go on when nobody looks. */
const TICK_MS = 20;

/** What jobs go by, and whether they start automations. */
export interface WriteJobSettings extends BulkWriteSettings {
  readonly runsAutomations: boolean;
}

/** The bulk writes of one org, at work until all are done. */
export class BulkWriteJobs {
  readonly #org: Org;
  readonly #settings: WriteJobSettings;
  readonly #jobs = new Map<string, BulkWriteJob>();
  readonly #running = new Set<BulkWriteJob>();
  #timer: NodeJS.Timeout | undefined;

  constructor(org: Org, settings: WriteJobSettings) {
    this.#org = org;
    this.#settings = settings;
  }

  add(request: BulkWriteRequest, createdBy: string): BulkWriteJob {
    const job = new BulkWriteJob(this.#org, request, createdBy, this.#settings);
    this.#jobs.set(job.id, job);
    this.#running.add(job);
    this.#arm();
    return job;
  }

  get(id: string): BulkWriteJob | undefined {
    this.advance();
    return this.#jobs.get(id);
  }

  /** Rows that are due are written; a job that is over goes into the log of writes. */
  advance(): void {
    for (const job of this.#running) {
      if (job.advance()) continue;
      this.#running.delete(job);
      this.#log(job);
    }
  }

  /** The zip of a job that is completed, until a week after. */
  resultOf(job: BulkWriteJob): Buffer | undefined {
    const isKept = this.#org.clock() < job.endsAt + WEEK;
    if (job.state() !== 'COMPLETED' || !isKept) return undefined;
    const name = `${job.request.module}-${job.request.fileName}`;
    const zip = zipText({ name, text: job.resultCsv() });
    return job.isTruncated ? zip.subarray(0, zip.length >> 1) : zip;
  }

  #log({ request: { module }, outcomes }: BulkWriteJob): void {
    const ids = outcomes.map(({ recordId }) => recordId).filter((id) => id !== '');
    const trigger = this.#settings.runsAutomations ? null : [];
    this.#org.writes.record({ module, endpoint: 'bulk_write', ids, trigger, skip: [] });
  }

  // So that others see the rows though nobody asks for the job. Holds up no process that ends.
  #arm(): void {
    this.#timer ??= setInterval(() => {
      this.advance();
      if (this.#running.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    }, TICK_MS).unref();
  }
}
