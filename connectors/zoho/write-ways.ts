import { chunk } from '../../src/lib/chunk.ts';
import { massUpdates } from './mass-update.ts';
import { clears, type Row, shapeOf } from './rows.ts';
import { rowsByJob, rowsPerJob } from './write-costs.ts';

type WayOptions = {
  readonly isBulkOpen: boolean;
  readonly bulkWriteCredits: number;
  readonly massUpdateCredits: number;
};

/** How the rows of one batch go out: each of them in one way. */
export type Ways = {
  readonly jobs: readonly (readonly Row[])[];
  /** Identical values for many records. */
  readonly alike: readonly (readonly Row[])[];
  readonly puts: readonly Row[];
};

/**
 * The cheapest way for each row. Of rows with different fields, a job leaves out what is empty; so
 * rows that empty a field go by PUT, or in a job of their own with others of the same fields, where
 * empty means empty.
 */
export function waysOf(rows: readonly Row[], options: WayOptions): Ways {
  const groups = options.isBulkOpen ? groupsOf(rows) : [];
  const jobs = groups.flatMap((group) => [
    ...chunk(group.slice(0, rowsByJob(group.length, options.bulkWriteCredits)), rowsPerJob),
  ]);
  const singles = without(rows, jobs);
  const alike = massUpdates(singles, options.massUpdateCredits);
  return { jobs, alike, puts: without(singles, alike) };
}

function groupsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const clearing = Map.groupBy(rows.filter(clears), shapeOf);
  return [rows.filter((row) => !clears(row)), ...clearing.values()];
}

function without(rows: readonly Row[], taken: readonly (readonly Row[])[]): readonly Row[] {
  const all = new Set(taken.flat());
  return rows.filter((row) => !all.has(row));
}
