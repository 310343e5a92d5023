import type { ObjectMark } from './watermark.ts';

/** What a delta knows about how many records there are. */
export type Counts = {
  /** Live records in the store. */
  readonly known: number;
  /** Live records in the CRM that were created up to the mark's last row. */
  readonly counted: number;
  /** Records that left since. */
  readonly removed: number;
  /** Of them those that the store may never have had, or had lost before. */
  readonly doubtful: number;
  /** Rows of this delta that were created behind that row. */
  readonly created: number;
  /** Rows of this delta that were created before it and are news: they were shown late. */
  readonly late: number;
};

export type Gap = {
  /** Nothing tells where a difference comes from: a record was restored, or was never seen. */
  readonly isUnexplained: boolean;
  readonly next: Pick<ObjectMark, 'gap' | 'isLoose' | 'sweeps' | 'suspect'>;
};

/** Twice may be chance: a record restored each time. */
const mostSweeps = 2;

/**
 * Compares what is stored with what is there. A restored record shows in no delta, for its modified
 * time does not move: only the count tells. A difference that reading everything did not explain, time
 * and again the same, is remembered, so that it does not cost that again.
 */
export function compareCounts(mark: ObjectMark, counts: Counts): Gap {
  const { known, counted, removed, doubtful, created, late } = counts;
  const difference = known - counted - mark.gap;
  // While everything was read, what came meanwhile may have been stored with it, what left may not.
  const most = removed + (mark.isLoose ? created : 0);
  const least = (mark.isLoose ? 0 : removed - doubtful) - late;
  const isWithin = (value: number) => value >= least && value <= most;
  const settled = { gap: mark.gap, isLoose: false, sweeps: 0, suspect: 0 };
  if (isWithin(difference)) return { isUnexplained: false, next: settled };
  if (mark.sweeps >= mostSweeps && isWithin(difference - mark.suspect))
    return { isUnexplained: false, next: { ...settled, gap: mark.gap + mark.suspect } };
  const suspect = difference - (removed - doubtful);
  return { isUnexplained: true, next: { ...settled, sweeps: mark.sweeps + 1, suspect } };
}
