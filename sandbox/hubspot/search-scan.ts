import type { ObjectStore } from './object-store.ts';
import type { StoredRecord } from './record.ts';
import { LIVE } from './record-columns.ts';
import type { GroupPlan } from './search-plan.ts';
import type { Predicate } from './search-predicate.ts';

/** Slots that any of the groups finds, ascending. */
export function scan(store: ObjectStore, groups: readonly GroupPlan[]): readonly number[] {
  const [first, ...others] = groups.map((group) => scanGroup(store, group));
  if (first === undefined) return [];
  if (others.length === 0) return first;
  return [...new Set([first, ...others].flat())].toSorted((a, b) => a - b);
}

/**
 * The one hot loop of the sandbox: a record object is made only for slots that pass the columns.
 * A slot whose state is not exactly LIVE is archived, gone, or shown by search as it was before.
 */
function scanGroup(store: ObjectStore, group: GroupPlan): readonly number[] {
  const { columns } = store;
  const { state, updatedAt } = columns;
  const { modified, tests } = group;
  const end = columns.slotAtOrAbove(group.ids.high + 1);
  const found: number[] = [];
  for (let slot = columns.slotAtOrAbove(group.ids.low); slot < end; slot += 1) {
    if (state[slot] !== LIVE) continue;
    const at = updatedAt[slot] ?? 0;
    if (at < modified.low || at > modified.high) continue;
    if (tests.length > 0 && !passes(store.at(slot), tests)) continue;
    found.push(slot);
  }
  return withLagging(store, group, found);
}

function withLagging(
  store: ObjectStore,
  { ids, modified, tests }: GroupPlan,
  found: readonly number[],
): readonly number[] {
  const older: number[] = [];
  for (const { slot, record } of store.lagging()) {
    const within =
      record.id >= ids.low &&
      record.id <= ids.high &&
      record.updatedAt >= modified.low &&
      record.updatedAt <= modified.high;
    if (within && passes(record, tests)) older.push(slot);
  }
  return older.length === 0 ? found : [...found, ...older].toSorted((a, b) => a - b);
}

function passes(record: StoredRecord, tests: readonly Predicate[]): boolean {
  for (const test of tests) if (!test(record)) return false;
  return true;
}
