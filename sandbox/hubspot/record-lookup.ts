import { notFound, validationError } from './errors.ts';
import { type ObjectType, parseObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';

const DIGITS = /^\d+$/;

/** How a caller names a record: by id, or by a unique property (`idProperty`). */
export interface RecordKey {
  readonly id: string;
  readonly idProperty?: string | undefined;
}

/** Which records a lookup may find. */
export interface LookupScope {
  readonly archived?: boolean;
  /** Whether an id that was merged away finds the record it went into. */
  readonly followMerges?: boolean;
}

/** The type a path names, or the 400 for a type this portal does not have. */
export function objectTypeOf(alias: string | undefined): ObjectType {
  const type = parseObjectType(alias ?? '');
  if (type === undefined) throw validationError(`Unable to infer object type from: ${alias}`);
  return type;
}

/** A record id from a path or body, or nothing when it is not one. */
export function parseRecordId(id: string): number | undefined {
  return DIGITS.test(id) ? Number(id) : undefined;
}

/** The slot of the record a caller names, if it is there. */
export function findRecord(
  portal: Portal,
  type: ObjectType,
  { id, idProperty }: RecordKey,
  { archived = false, followMerges = true }: LookupScope = {},
): number | undefined {
  const store = portal.objects[type];
  if (idProperty !== undefined && idProperty !== 'hs_object_id') {
    checkIdProperty(portal, type, idProperty);
    return archived ? undefined : store.find(idProperty, id);
  }
  const number = parseRecordId(id);
  if (number === undefined) return undefined;
  const slot = store.slotOf(followMerges ? store.resolve(number) : number);
  if (slot === undefined) return undefined;
  return (archived ? store.isArchived(slot) : store.isLive(slot)) ? slot : undefined;
}

/** {@link findRecord}, with a 404 for none. */
export function getRecord(
  portal: Portal,
  type: ObjectType,
  key: RecordKey,
  scope: LookupScope = {},
): number {
  const slot = findRecord(portal, type, key, scope);
  if (slot === undefined) throw notFound();
  return slot;
}

/** Refuses an `idProperty` that does not exist or is not unique. */
export function checkIdProperty(portal: Portal, type: ObjectType, name: string): void {
  const definition = portal.schema.definition(type, name);
  if (definition?.hasUniqueValue === true) return;
  throw validationError(`Property ${name} is not a unique identifier property.`, [
    { message: `${name} is not unique`, code: 'INVALID_ID_PROPERTY' },
  ]);
}
