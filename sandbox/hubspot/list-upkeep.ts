import { OBJECT_TYPE_FACTS, type ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';

/**
 * Keeps lists true when records go: an archived or purged record leaves every list, a merged one
 * passes its places on to the record that answers for it now. Returns the end of the subscription.
 */
export function keepListsTrue(portal: Portal): () => void {
  return portal.events.subscribe((event) => {
    if (event.kind === 'archived' || event.kind === 'privacyDeleted') {
      leaveAll(portal, event.type, event.before.id);
    }
    if (event.kind === 'merged') {
      const places = [event.primaryId, event.mergedId].flatMap((id) =>
        leaveAll(portal, event.type, id),
      );
      for (const listId of places) portal.lists.members(listId).add(event.after.id, event.at);
    }
  });
}

function leaveAll(portal: Portal, type: ObjectType, recordId: number): readonly string[] {
  const { typeId } = OBJECT_TYPE_FACTS[type];
  const lists = portal.lists.all().filter((list) => list.objectTypeId === typeId);
  return lists.flatMap(({ listId }) =>
    portal.lists.members(listId).remove(recordId) ? [listId] : [],
  );
}
