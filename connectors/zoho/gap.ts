import type { ObjectMark } from './watermark.ts';

/** What a delta knows about how many records there are. */
export type Counts = {
  /** Live records in the store. */
  readonly known: number;
  /** Live records in the CRM that were created up to the mark's last row. */
  readonly counted: number;
  /** Records that left since. */
  readonly removed: number;
  /** Rows of this delta that were created behind that row. */
  readonly created: number;
  /** Rows of this delta that were created before it and are news: they were shown late. */
  readonly late: number;
};

export type Gap = {
  /** Nothing tells where a difference comes from: a record was restored, or was never seen. */
  readonly isUnexplained: boolean;
  readonly next: Pick<ObjectMark, 'gap' | 'isLoose' | 'isSwept'>;
};

/**
 * Compares what is stored with what is there. A restored record shows in no delta, for its modified
 * time does not move: only the count tells. A difference that reading everything could not explain is
 * remembered, so that it does not cost that again.
 */
export function compareCounts(mark: ObjectMark, counts: Counts): Gap {
  const { known, counted, removed, created, late } = counts;
  const difference = known - counted - mark.gap;
  // While everything was read, what was created meanwhile may have been stored with it.
  const most = removed + (mark.isLoose ? created : 0);
  const settled = { gap: mark.gap, isLoose: false, isSwept: false };
  if (difference >= -late && difference <= most) return { isUnexplained: false, next: settled };
  if (!mark.isSwept) return { isUnexplained: true, next: settled };
  const gap = mark.gap + difference - removed;
  return { isUnexplained: false, next: { ...settled, gap } };
}
