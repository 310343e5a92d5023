import type { EndedJob } from './bulk-read.ts';
import type { FlatRecord } from './flat-record.ts';
import { zipRows } from './zip-rows.ts';

/** Records of one page that the store saves at once. */
export const rowsPerPage = 2_000;

export type ResultPage = { readonly rows: readonly FlatRecord[]; readonly isLast: boolean };

type Open = {
  readonly ended: EndedJob;
  readonly zip: Uint8Array;
  rows: Iterator<FlatRecord>;
  /** Rows that `rows` has given. */
  at: number;
  /** One row ahead, to know whether a page is the last. */
  ahead: FlatRecord | null;
  last: { readonly row: number; readonly page: ResultPage } | null;
};

/** Results of bulk read jobs while they are read: the zip, and the place in it. */
export class BulkResults {
  readonly #open = new Map<string, Open>();

  /** What is known of a job whose result is here. */
  ended(job: string): EndedJob | undefined {
    return this.#open.get(job)?.ended;
  }

  /** @throws BrokenZip */
  keep(job: string, ended: EndedJob, zip: Uint8Array): void {
    this.#open.set(job, { ended, ...opened(zip) });
  }

  drop(job: string): void {
    this.#open.delete(job);
  }

  /**
   * The page that begins at a row; the one before it and the one after are cheap.
   * @throws BrokenZip
   */
  page(job: string, row: number, size: number): ResultPage {
    const known = this.#open.get(job);
    if (known === undefined) throw new TypeError(`The result of job ${job} is not there`);
    if (known.last?.row === row && known.last.page.rows.length <= size) return known.last.page;
    if (known.at > row) Object.assign(known, opened(known.zip));
    while (known.at < row && known.ahead !== null) advance(known);
    const rows: FlatRecord[] = [];
    while (rows.length < size && known.ahead !== null) {
      rows.push(known.ahead);
      advance(known);
    }
    const page = { rows, isLast: known.ahead === null };
    known.last = { row, page };
    return page;
  }
}

function opened(zip: Uint8Array): Omit<Open, 'ended'> {
  const rows = zipRows(zip);
  return { zip, rows, at: 0, ahead: rows.next().value ?? null, last: null };
}

function advance(open: Open): void {
  open.at += 1;
  open.ahead = open.rows.next().value ?? null;
}
