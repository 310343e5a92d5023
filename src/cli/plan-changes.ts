import type { Change } from '../domain/change.ts';
import type { ConnectionId, PlanId } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';
import type { ShownChange } from './views/changes.ts';

const pageSize = 500;

/** The first `limit` changes of a plan, in the order they would be written, with whom they are of. */
export async function planChanges(
  store: Store,
  connection: ConnectionId,
  id: PlanId,
  limit: number,
): Promise<readonly ShownChange[]> {
  const shown: ShownChange[] = [];
  let after: number | null = null;
  while (shown.length < limit) {
    const size = Math.min(pageSize, limit - shown.length);
    const page: readonly Change[] = await store.plans.changes(id, { after, limit: size });
    shown.push(...(await withCustomers(store, connection, page)));
    after = page.at(-1)?.seq ?? null;
    if (page.length < size) break;
  }
  return shown;
}

async function withCustomers(
  store: Store,
  connection: ConnectionId,
  page: readonly Change[],
): Promise<readonly ShownChange[]> {
  const ids = page.map(({ customerId }) => customerId);
  const found = await store.records.byIds(connection, ids);
  const externalIds = new Map(found.map(({ customer }) => [customer.id, customer.externalId]));
  return page.map((change) => ({
    ...change,
    externalId: externalIds.get(change.customerId) ?? null,
  }));
}
