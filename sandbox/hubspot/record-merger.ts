import { ApiError, validationError } from './errors.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { Properties, StoredRecord } from './record.ts';
import type { WriteContext } from './write-context.ts';

/** A record that came of this many merges cannot be merged again (README 23). */
const MAX_MERGES = 250;

/**
 * Merges two live records into a new one with a new id (README 23). The primary's values win, links
 * are united, and both old ids lead to the new record from then on. Returns the new slot.
 */
export function mergeRecords(
  portal: Portal,
  type: ObjectType,
  primarySlot: number,
  otherSlot: number,
  { appId, now }: WriteContext,
): number {
  if (primarySlot === otherSlot) throw validationError('Cannot merge a record into itself.');
  const store = portal.objects[type];
  const [primary, other] = [store.at(primarySlot), store.at(otherSlot)];
  const properties = mergedProperties(type, primary, other, now);
  const createdAt = Math.min(primary.createdAt, other.createdAt);
  const slot = store.insert(properties, now, createdAt);
  const after = store.at(slot);
  for (const [oldSlot, { id }] of [[otherSlot, other] as const, [primarySlot, primary] as const]) {
    portal.associations.move({ type, id }, { type, id: after.id });
    store.retire(oldSlot, after.id);
  }
  portal.events.emit({
    kind: 'merged',
    ...{ type, appId, at: now, after, primaryId: primary.id, mergedId: other.id },
    propertiesMoved: Object.keys(other.properties).filter((name) => !(name in primary.properties))
      .length,
  });
  return slot;
}

function mergedProperties(
  type: ObjectType,
  primary: StoredRecord,
  other: StoredRecord,
  now: number,
): Properties {
  const ids = [...mergedIds(primary), ...mergedIds(other), primary.id, other.id].map(String);
  if (ids.length > MAX_MERGES)
    throw new ApiError(414, {
      status: 'error',
      message: `Cannot have more than ${MAX_MERGES} identities on a profile`,
    });
  const merged = {
    ...other.properties,
    ...primary.properties,
    hs_merged_object_ids: ids.join(';'),
  };
  return type === 'contacts' ? { ...merged, ...contactTraces(primary, other, ids, now) } : merged;
}

/** What a contact keeps of the other one besides its values: its address, and its id with the time. */
function contactTraces(
  primary: StoredRecord,
  other: StoredRecord,
  ids: readonly string[],
  now: number,
): Properties {
  const own = primary.properties['email'];
  const secondary = [primary, other]
    .flatMap(({ properties }) => [
      properties['email'],
      ...(properties['hs_additional_emails']?.split(';') ?? []),
    ])
    .filter((email) => email !== undefined && email !== own && email !== '');
  return {
    hs_calculated_merged_vids: ids.map((id) => `${id}:${now}`).join(';'),
    ...(own !== undefined &&
      secondary.length > 0 && { hs_additional_emails: [...new Set(secondary)].join(';') }),
  };
}

function mergedIds({ properties }: StoredRecord): readonly string[] {
  return properties['hs_merged_object_ids']?.split(';') ?? [];
}
