import type { KnownList, ListSpec } from '../domain/list.ts';
import { listSpecs } from '../policy/lists.ts';
import type { RunContext } from './context.ts';

/** Our lists as they stand before a plan. */
export type ListsNow = {
  /** Lists whose members we keep. */
  readonly kept: readonly ListSpec[];
  /** Members of each, by key. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Somebody else changed members: everybody must be compared. */
  readonly drifted: boolean;
  /** Keys of lists that the policy names and nobody made. */
  readonly missing: readonly string[];
  readonly warnings: readonly string[];
};

/**
 * Looks at our lists in one call. A list that a person deleted is remembered as deleted and left out;
 * one whose size is not ours is read again, so that the plan puts right what drifted.
 */
export async function readListsNow(ctx: RunContext): Promise<ListsNow> {
  const { connection, connector, store, signal } = ctx;
  const known = await store.lists.known(connection);
  const active = known.filter((list) => list.status === 'active');
  const states = active.length === 0 ? [] : await connector.readLists(active, signal);
  const gone = new Set(states.filter(({ size }) => size === null).map(({ key }) => key));
  if (gone.size > 0) await store.lists.saveKnown(connection, known.map(markDeleted(gone)));

  const ours = await store.lists.sizes(connection);
  const kept = active.filter((list) => list.kind === 'static' && !gone.has(list.key));
  const strayed = kept.filter((list) => sizeOf(states, list) !== (ours[list.key] ?? 0));
  for (const list of strayed) {
    await store.lists.replaceMembers(connection, list.key, connector.readMembers(list, signal));
  }
  const missing = missingLists(ctx, known);
  const keptKeys = new Set(kept.map(({ key }) => key));
  return {
    kept: listSpecs(ctx.policy).filter(({ key }) => keptKeys.has(key)),
    sizes: strayed.length > 0 ? await store.lists.sizes(connection) : ours,
    drifted: strayed.length > 0,
    missing: missing.map(({ key }) => key),
    warnings: [...missingWarning(missing), ...known.filter(isDeleted(gone)).map(deletedWarning)],
  };
}

/** Nobody made them; where the CRM has no lists of ours, none is missed. */
function missingLists(
  { connector, policy }: RunContext,
  known: readonly KnownList[],
): readonly ListSpec[] {
  if (!connector.capabilities.staticLists) return [];
  const keys = new Set(known.map(({ key }) => key));
  return listSpecs(policy).filter(({ key }) => !keys.has(key));
}

function missingWarning(missing: readonly ListSpec[]): readonly string[] {
  if (missing.length === 0) return [];
  const names = missing.map(({ name }) => `“${name}”`).join(', ');
  const which = missing.length === 1 ? 'list' : 'lists';
  return [
    `Not in the CRM, so that nobody is on it: ${which} ${names} of the policy; "assay provision" makes what is missing, or says why not`,
  ];
}

function sizeOf(
  states: readonly { readonly key: string; readonly size: number | null }[],
  list: KnownList,
): number | null {
  return states.find(({ key }) => key === list.key)?.size ?? null;
}

function markDeleted(gone: ReadonlySet<string>): (list: KnownList) => KnownList {
  return (list) => (gone.has(list.key) ? { ...list, status: 'deleted' } : list);
}

function isDeleted(gone: ReadonlySet<string>): (list: KnownList) => boolean {
  return (list) => list.status === 'deleted' || gone.has(list.key);
}

function deletedWarning(list: KnownList): string {
  return `The list "${list.name}" was deleted in the CRM and is not kept any more; "assay provision --rebuild-lists" makes it anew`;
}
