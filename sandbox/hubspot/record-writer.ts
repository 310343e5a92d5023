import { notFound } from './errors.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { WriteContext } from './write-context.ts';
import { applied, checkUnique, checkValues, type WrittenValues } from './write-rules.ts';

/** Creates one record as an app does. Returns its slot; throws when a value is refused. */
export function createRecord(
  portal: Portal,
  type: ObjectType,
  values: WrittenValues,
  { appId, now }: WriteContext,
): number {
  checkValues(portal, type, values);
  checkUnique(portal, type, values, undefined);
  const store = portal.objects[type];
  const slot = store.insert(applied(portal, type, {}, values, now), now);
  portal.events.emit({ kind: 'created', type, appId, at: now, after: store.at(slot) });
  return slot;
}

/**
 * Writes values into a live record. The modified date moves even when every value is the same
 * (README C2; it is the case that catches a connector that chases its own writes).
 */
export function updateRecord(
  portal: Portal,
  type: ObjectType,
  slot: number,
  values: WrittenValues,
  { appId, now }: WriteContext,
): void {
  checkValues(portal, type, values);
  checkUnique(portal, type, values, slot);
  const store = portal.objects[type];
  const before = store.at(slot);
  store.write(slot, applied(portal, type, before.properties, values, now), now, appId);
  portal.events.emit({ kind: 'changed', type, appId, at: now, before, after: store.at(slot) });
}

/** Moves a record to the recycle bin; one that is not live is left alone. */
export function archiveRecord(
  portal: Portal,
  type: ObjectType,
  id: number,
  { appId, now }: WriteContext,
): void {
  const store = portal.objects[type];
  const slot = store.slotOf(store.resolve(id));
  if (slot === undefined || !store.isLive(slot)) return;
  const before = store.at(slot);
  store.archive(slot, now);
  portal.events.emit({ kind: 'archived', type, appId, at: now, before });
}

/** Takes a record out of the recycle bin, as a person does in HubSpot: no API call does this. */
export function restoreRecord(
  portal: Portal,
  type: ObjectType,
  id: number,
  { appId, now }: WriteContext,
): void {
  const store = portal.objects[type];
  const slot = store.slotOf(id);
  if (slot === undefined || !store.isArchived(slot)) throw notFound();
  store.restore(slot, now);
  portal.events.emit({ kind: 'restored', type, appId, at: now, after: store.at(slot) });
}

/** Removes a contact and all trace of it; also announced as a plain deletion (README 27). */
export function purgeRecord(
  portal: Portal,
  type: ObjectType,
  slot: number,
  { appId, now }: WriteContext,
): void {
  const store = portal.objects[type];
  const before = store.at(slot);
  portal.associations.clear({ type, id: before.id });
  store.retire(slot);
  portal.events.emit({ kind: 'privacyDeleted', type, appId, at: now, before });
  portal.events.emit({ kind: 'archived', type, appId, at: now, before });
}
