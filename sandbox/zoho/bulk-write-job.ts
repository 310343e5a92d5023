import type { BulkWriteRequest } from './bulk-write-request.ts';
import { csvText } from './csv.ts';
import type { JobFault } from './job-faults.ts';
import { endOf, type JobPace, rowsDone, startOf } from './job-pace.ts';
import type { Org } from './org.ts';
import { type RowOutcome, unprocessed, writeRow } from './write-row.ts';

export type WriteState = 'ADDED' | 'INPROGRESS' | 'COMPLETED' | 'FAILED';

/** Columns of the uploaded file that the result repeats. */
const RESULT_COLUMNS = 3;

/** What a job goes by. */
export interface BulkWriteSettings {
  readonly jobFault: JobFault;
  readonly pace: JobPace;
}

/** One bulk write. It works off its rows as time goes by, whenever somebody looks. */
export class BulkWriteJob {
  readonly id: string;
  readonly request: BulkWriteRequest;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly #org: Org;
  readonly #settings: BulkWriteSettings;
  readonly #outcomes: RowOutcome[] = [];
  #fault: ReturnType<JobFault> | 'none' | null = null;
  /** The time of which `outcomes` tells: writing takes some itself. */
  #advancedAt: number;

  constructor(org: Org, request: BulkWriteRequest, createdBy: string, settings: BulkWriteSettings) {
    this.id = org.ids.take();
    this.request = request;
    this.createdBy = createdBy;
    this.createdAt = org.clock();
    this.#advancedAt = this.createdAt;
    this.#org = org;
    this.#settings = settings;
  }

  get endsAt(): number {
    return endOf(this.#settings.pace, this.createdAt, this.request.rows.length);
  }

  get outcomes(): readonly RowOutcome[] {
    return this.#outcomes;
  }

  /** Half of the zip is all there is of it. */
  get isTruncated(): boolean {
    return this.#fault === 'truncated';
  }

  /** As of the last {@link advance}. */
  state(): WriteState {
    const now = this.#advancedAt;
    if (now < startOf(this.#settings.pace, this.createdAt)) return 'ADDED';
    if (now < this.endsAt) return 'INPROGRESS';
    return this.#fault === 'failure' ? 'FAILED' : 'COMPLETED';
  }

  /** Writes the rows that are due. Whether the job goes on. */
  advance(): boolean {
    const { rows } = this.request;
    const now = this.#org.clock();
    this.#advancedAt = now;
    if (now < startOf(this.#settings.pace, this.createdAt)) return true;
    // Asked as the work begins: a job that fails has half of its rows behind it.
    this.#fault ??= this.#settings.jobFault('write') ?? 'none';
    const all = this.#fault === 'failure' ? rows.length >> 1 : rows.length;
    const due = Math.min(all, rowsDone(this.#settings.pace, this.createdAt, rows.length, now));
    if (due > this.#outcomes.length) this.#write(due);
    return now < this.endsAt;
  }

  /** The result file: the first three mapped columns, and what became of each row. */
  resultCsv(): string {
    const columns = this.request.columns
      .filter(({ index }) => index !== null)
      .slice(0, RESULT_COLUMNS);
    const lines = this.request.rows.map((cells, index) => {
      const { status, recordId, errors } = this.#outcomes[index] ?? unprocessed;
      return [...columns.map((column) => cells[column.index ?? 0] ?? ''), status, recordId, errors];
    });
    const header = columns.map((column) => column.header);
    return csvText([[...header, 'STATUS', 'RECORD_ID', 'ERRORS'], ...lines]);
  }

  #write(due: number): void {
    const context = { userId: this.createdBy, at: this.#org.now() };
    for (const cells of this.request.rows.slice(this.#outcomes.length, due))
      this.#outcomes.push(writeRow(this.#org, this.request, cells, context));
  }
}
