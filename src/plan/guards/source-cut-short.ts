import type { Unlisted } from '../../domain/baseline.ts';
import type { PullObject } from '../../domain/pull-task.ts';
import type { BrakeSettings } from '../../domain/write-settings.ts';
import { count, limitText, percentBeside } from './figures.ts';

/** Why a complete listing is not to be believed. */
export type ListingDoubt = {
  readonly by: 'source-empty' | 'source-cut-short';
  readonly because: string;
};

/**
 * A complete listing that names nothing, or so little that what it leaves out would take too many
 * records from the store. Deals are looked at by the share of revenue.
 */
export function listingDoubts(
  brake: BrakeSettings,
  unlisted: Readonly<Record<PullObject, Unlisted>>,
): readonly ListingDoubt[] {
  const limits = { customers: brake.customersFell, deals: brake.revenueFell } as const;
  return (['customers', 'deals'] as const).flatMap((object) => {
    const { stored, missing } = unlisted[object];
    if (missing === 0 || stored < brake.leastCustomers) return [];
    return doubtOf(object, { stored, missing }, limits[object]);
  });
}

function doubtOf(
  object: PullObject,
  { stored, missing }: Unlisted,
  limit: number | null,
): readonly ListingDoubt[] {
  if (missing === stored) {
    const because = `The CRM listed no ${object}, and ${count(stored)} are stored.`;
    return [{ by: 'source-empty', because }];
  }
  const share = missing / stored;
  if (limit === null || share <= limit) return [];
  const because = `The CRM did not list ${count(missing)} of ${count(stored)} stored ${object} (${percentBeside(share, limit)}); ${limitText(limit)}.`;
  return [{ by: 'source-cut-short', because }];
}
