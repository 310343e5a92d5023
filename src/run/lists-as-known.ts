import { listSpecs } from '../policy/lists.ts';
import type { RunContext } from './context.ts';
import type { ListsNow } from './list-stage.ts';

/** Without a look at the CRM: a list that a person deleted is found by the next run. */
export async function listsAsKnown({ connection, store, policy }: RunContext): Promise<ListsNow> {
  const known = await store.lists.known(connection);
  const kept = new Set(
    known.flatMap((list) => (list.status === 'active' && list.kind === 'static' ? [list.key] : [])),
  );
  return {
    kept: listSpecs(policy).filter(({ key }) => kept.has(key)),
    sizes: await store.lists.sizes(connection),
    drifted: false,
    missing: [],
    warnings: [],
  };
}
