import type { Change, MembershipChange } from '../../domain/change.ts';
import type { ConnectionId, PlanId } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import type { ShownChange } from '../views/changes.ts';

/** Few enough that a page with its rows dies in V8's nursery, and memory stays flat. */
const pageSize = 100;

/**
 * The first `limit` changes of a plan, in the order they would be written, with whom they are of; a
 * page at a time, for a plan of a whole base is larger than memory should hold.
 */
export async function* changePages(
  store: Store,
  { id, connection }: { readonly id: PlanId; readonly connection: ConnectionId },
  limit: number,
): AsyncGenerator<readonly ShownChange[]> {
  let left = limit;
  let after: number | null = null;
  while (left > 0) {
    const size = Math.min(pageSize, left);
    const page: readonly Change[] = await store.plans.changes(id, { after, limit: size });
    if (page.length > 0) yield await withCustomers(store, connection, page);
    if (page.length < size) return;
    after = page.at(-1)?.seq ?? null;
    left -= page.length;
  }
}

/** Every step on a list, a page at a time. */
export async function* membershipPages(
  { plans }: Pick<Store, 'plans'>,
  id: PlanId,
): AsyncGenerator<readonly MembershipChange[]> {
  let after: MembershipChange | null = null;
  for (;;) {
    const page: readonly MembershipChange[] = await plans.allMemberships(id, {
      after,
      limit: pageSize,
    });
    if (page.length > 0) yield page;
    if (page.length < pageSize) return;
    after = page.at(-1) ?? null;
  }
}

async function withCustomers(
  store: Store,
  connection: ConnectionId,
  page: readonly Change[],
): Promise<readonly ShownChange[]> {
  const ids = page.map(({ customerId }) => customerId);
  const externalIds = await store.records.externalIds(connection, ids);
  return page.map((change) => ({
    ...change,
    externalId: externalIds.get(change.customerId) ?? null,
  }));
}
