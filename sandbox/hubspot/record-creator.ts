import type { AssociationType } from './association-types.ts';
import { associate } from './association-writer.ts';
import { validationError } from './errors.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { NewRecord } from './record-bodies.ts';
import { findRecord } from './record-lookup.ts';
import { createRecord } from './record-writer.ts';
import type { WriteContext } from './write-context.ts';
import { checkUnique, checkValues } from './write-rules.ts';

interface WantedLink {
  readonly type: AssociationType;
  readonly id: number;
}

/** Creates a record with its links; nothing is written when a value or a link is refused. */
export function createLinkedRecord(
  portal: Portal,
  type: ObjectType,
  input: NewRecord,
  context: WriteContext,
): number {
  const links = wantedLinks(portal, type, input);
  const slot = createRecord(portal, type, input.properties, context);
  const from = { type, id: portal.objects[type].at(slot).id };
  for (const link of links)
    associate(portal, from, { type: link.type.to, id: link.id }, link.type, context);
  return slot;
}

/** Throws what {@link createLinkedRecord} would, and writes nothing. */
export function checkNewRecord(portal: Portal, type: ObjectType, input: NewRecord): void {
  wantedLinks(portal, type, input);
  checkValues(portal, type, input.properties);
  checkUnique(portal, type, input.properties, undefined);
}

function wantedLinks(
  portal: Portal,
  type: ObjectType,
  { associations }: NewRecord,
): readonly WantedLink[] {
  return associations.flatMap(({ to, types }) =>
    types.map(({ associationTypeId }) => wantedLink(portal, type, to.id, associationTypeId)),
  );
}

function wantedLink(portal: Portal, from: ObjectType, id: string, typeId: number): WantedLink {
  const type = portal.associations.types.get(typeId);
  if (type?.from !== from)
    throw validationError(`Association type ${typeId} does not start at ${from}.`);
  const slot = findRecord(portal, type.to, { id });
  if (slot === undefined) throw validationError(`No ${type.to} with id ${id} to associate with.`);
  return { type, id: portal.objects[type.to].at(slot).id };
}
