import { instantText } from './instant.ts';
import type { Org } from './org.ts';
import { type RecordView, shownTimeZone, userView } from './record-view.ts';

const DAY_MS = 86_400_000;

/**
 * The stages a deal has been in, latest first: the only trace of when it was won (facts §9). Which
 * fields the list has is in no source read; these are the five of a tracked picklist.
 */
export function stageRows(
  org: Org,
  dealId: string,
  fields: readonly string[],
): readonly RecordView[] {
  const stays = org.stages.of(dealId);
  const rows = stays.map(({ stage, since, by }, index) => {
    const next = stays[index + 1];
    const row: RecordView = {
      Stage: stage,
      Modified_Time: instantText(since, shownTimeZone(org)),
      Modified_By: userView(org, by),
      Duration_Days: Math.floor(((next?.since ?? org.now()) - since) / DAY_MS),
      Moved_To__s: next?.stage ?? null,
    };
    const asked = Object.entries(row).filter(([name]) => fields.includes(name));
    return { id: `${dealId}${String(index).padStart(3, '0')}`, ...Object.fromEntries(asked) };
  });
  return rows.toReversed();
}
