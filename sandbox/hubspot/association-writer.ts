import type { RecordRef } from './association-store.ts';
import type { AssociationType } from './association-types.ts';
import { validationError } from './errors.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { WriteContext } from './write-context.ts';

/** A type that may link `from` to `to`, or the 400 for one that may not. */
export function associationTypeFor(
  portal: Portal,
  from: ObjectType,
  to: ObjectType,
  typeId: number,
): AssociationType {
  const type = portal.associations.types.get(typeId);
  if (type?.from === from && type.to === to) return type;
  throw validationError(`Association type ${typeId} does not link ${from} to ${to}.`, [
    { message: `invalid association type ${typeId}`, code: 'INVALID_ASSOCIATION_TYPE' },
  ]);
}

/** The plain type of a pair of object types, or the 400 for a pair that cannot be linked. */
export function plainType(portal: Portal, from: ObjectType, to: ObjectType): AssociationType {
  const type = portal.associations.types.plain(from, to);
  if (type === undefined) throw validationError(`${from} cannot be associated with ${to}.`);
  return type;
}

/**
 * Links two records by one type. A labelled link also makes the plain one (README 15), and a new
 * primary takes the place of the old. Records are not touched (README 16).
 */
export function associate(
  portal: Portal,
  from: RecordRef,
  to: RecordRef,
  type: AssociationType,
  context: WriteContext,
): void {
  const { associations } = portal;
  const plain = plainType(portal, from.type, to.type);
  if (associations.link(from, to)) announce(portal, from, to, plain, false, context);
  if (type.label === null) return;
  if (associations.types.isPrimary(type.typeId)) demote(portal, from, to, type, context);
  if (associations.addLabel(from, to, type)) announce(portal, from, to, type, false, context);
}

/** Takes a link away with all its labels. */
export function dissociate(
  portal: Portal,
  from: RecordRef,
  to: RecordRef,
  context: WriteContext,
): void {
  const types = portal.associations.typesOf(from, to);
  if (!portal.associations.unlink(from, to)) return;
  for (const type of types) announce(portal, from, to, type, true, context);
}

/**
 * Takes one type off a link. The plain type of a link that still has labels stays (README C8),
 * and goes, with the link, when it was the only one.
 */
export function removeType(
  portal: Portal,
  from: RecordRef,
  to: RecordRef,
  type: AssociationType,
  context: WriteContext,
): void {
  if (type.label === null) {
    if (portal.associations.typesOf(from, to).length === 1) dissociate(portal, from, to, context);
    return;
  }
  if (portal.associations.removeLabel(from, to, type))
    announce(portal, from, to, type, true, context);
}

function demote(
  portal: Portal,
  from: RecordRef,
  to: RecordRef,
  primary: AssociationType,
  context: WriteContext,
): void {
  // Primary belongs to the side that has one company: 5 and 1 are said of the deal or contact.
  const [owner, company, type] =
    to.type === 'companies'
      ? [from, to, primary]
      : [to, from, portal.associations.types.get(primary.inverseTypeId)];
  if (type === undefined) return;
  for (const id of portal.associations.targets(owner, 'companies'))
    if (id !== company.id) removeType(portal, owner, { type: 'companies', id }, type, context);
}

/** HubSpot announces a link twice, once from either side (README 27). */
function announce(
  portal: Portal,
  from: RecordRef,
  to: RecordRef,
  { typeId, inverseTypeId }: AssociationType,
  removed: boolean,
  { appId, now }: WriteContext,
): void {
  const event = (a: RecordRef, b: RecordRef, id: number) =>
    portal.events.emit({
      kind: 'associated',
      ...{ appId, at: now, removed, typeId: id },
      ...{ fromType: a.type, fromId: a.id, toType: b.type, toId: b.id },
    });
  event(from, to, typeId);
  event(to, from, inverseTypeId);
}
