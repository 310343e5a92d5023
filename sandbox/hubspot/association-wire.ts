import type { RecordRef } from './association-store.ts';
import type { AssociationType } from './association-types.ts';
import { OBJECT_TYPE_FACTS, type ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { getRecord, type RecordKey } from './record-lookup.ts';

/** One target of a record as the v4 and dated endpoints show it. */
export interface WireTarget {
  /** A number, alone among all ids (README 15). */
  readonly toObjectId: number;
  readonly associationTypes: readonly WireAssociationType[];
}

interface WireAssociationType {
  readonly category: string;
  readonly typeId: number;
  readonly label: string | null;
}

/** One page of a record's targets, from target id `after` on. */
export function targetPage(
  portal: Portal,
  from: RecordRef,
  to: ObjectType,
  limit: number,
  after = 0,
): { readonly targets: readonly WireTarget[]; readonly next: number | undefined } {
  const rest = portal.associations.targets(from, to).filter((id) => id >= after);
  const targets = rest.slice(0, limit).map((id) => ({
    toObjectId: id,
    associationTypes: portal.associations.typesOf(from, { type: to, id }).map(wireType),
  }));
  return { targets, next: rest[limit] };
}

export function wireType({ category, typeId, label }: AssociationType): WireAssociationType {
  return { category, typeId, label };
}

/** What a labelled create answers for one pair. */
export function labelsBetween(portal: Portal, from: RecordRef, to: RecordRef) {
  const labels = portal.associations
    .typesOf(from, to)
    .map(({ label }) => label)
    .filter((label) => label !== null);
  return {
    fromObjectTypeId: OBJECT_TYPE_FACTS[from.type].typeId,
    fromObjectId: String(from.id),
    toObjectTypeId: OBJECT_TYPE_FACTS[to.type].typeId,
    toObjectId: String(to.id),
    labels,
  };
}

/** What a default create answers for one pair: both directions. */
export function defaultAssociations(from: RecordRef, to: RecordRef, plain: AssociationType) {
  const { category: associationCategory, typeId, inverseTypeId } = plain;
  const [fromId, toId] = [{ id: String(from.id) }, { id: String(to.id) }];
  const spec = (associationTypeId: number) => ({ associationCategory, associationTypeId });
  return [
    { from: fromId, to: toId, associationSpec: spec(typeId) },
    { from: toId, to: fromId, associationSpec: spec(inverseTypeId) },
  ];
}

/** The live record a caller names, merged-away ids included; 404 for none. */
export function recordRef(portal: Portal, type: ObjectType, key: RecordKey): RecordRef {
  const { id } = portal.objects[type].at(getRecord(portal, type, key));
  return { type, id };
}
