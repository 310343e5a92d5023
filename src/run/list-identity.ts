import { groupId, type IdentityGroup } from '../domain/population.ts';
import type { IdentityListing } from '../store/identity-store.ts';
import type { Store } from '../store/store.ts';

/** Who of one group is joined, and what was found on the way. */
export type ListedGroup = IdentityGroup &
  IdentityListing & {
    /** Connections that were never pulled to an end: nobody there is joined yet. */
    readonly waitingFor: readonly string[];
  };

/** Looks at what the store holds now, scored or not; no call is made. */
export async function listIdentity(
  store: Store,
  group: IdentityGroup,
  limit: number,
): Promise<ListedGroup> {
  const scope = { id: groupId(group), ...group };
  const present = await store.identities.resolve(null, scope);
  return {
    ...group,
    waitingFor: group.connections.filter((id) => !present.includes(id)),
    ...(await store.identities.list(scope, limit)),
  };
}
