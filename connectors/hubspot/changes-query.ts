import type { ChangesCursor } from './cursors.ts';
import { parseMoment } from './instant.ts';
import type { ObjectKind } from './object-kind.ts';
import type { Filter } from './search.ts';

/** More would pass the 5 groups of a search (BEHAVIOR 9). */
export const markersPerSearch = 3;

/**
 * Records modified in the window, in the order of ids, without those that only we modified:
 * written by no recent run of ours, or never written by us, or written by one but modified again
 * after that run's last write. At most 5 groups of 3 filters.
 */
export function changeGroups(
  kind: ObjectKind,
  markerProperty: string,
  { from, until, above, skip }: ChangesCursor,
): readonly (readonly Filter[])[] {
  const last = String(parseMoment(until) ?? 0);
  const window = (first: number): Filter => {
    return {
      propertyName: kind.modified,
      operator: 'BETWEEN',
      value: String(first),
      highValue: last,
    };
  };
  const beyond: Filter = { propertyName: 'hs_object_id', operator: 'GT', value: above };
  const whole = window(parseMoment(from) ?? 0);
  if (skip.length === 0) return [[whole, beyond]];
  const run = { propertyName: markerProperty };
  const values = skip.map(({ marker }) => marker.toLowerCase());
  return [
    [whole, { ...run, operator: 'NOT_IN', values }, beyond],
    [whole, { ...run, operator: 'NOT_HAS_PROPERTY' }, beyond],
    ...skip
      .filter(({ lastAt }) => lastAt < until)
      .map(({ marker, lastAt }) => [
        window((parseMoment(lastAt) ?? 0) + 1),
        { ...run, operator: 'EQ', value: marker.toLowerCase() },
        beyond,
      ]),
  ];
}
