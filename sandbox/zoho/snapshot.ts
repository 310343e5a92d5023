import type { Member, Memberships } from './memberships.ts';
import { moduleNames } from './module-names.ts';
import type { Org } from './org.ts';
import type { StoredRecord } from './record.ts';
import type { RecordStore } from './record-store.ts';

/** Remembers every record and relation as it is now; what is returned puts them back. */
export function snapshot(org: Org): () => void {
  const relations = ownersOf(org).map((id) => [id, org.memberships.of(id)] as const);
  const copies = moduleNames.map((module) => ({
    store: org.records[module],
    // Their values are replaced, never written into, so a shallow copy is a whole one.
    before: new Map(org.records[module].byId().map((record) => [record.id, { ...record }])),
  }));
  return () => {
    const by = org.users.current.id;
    for (const { store, before } of copies) {
      removeNew(store, before, by, org.now());
      for (const record of before.values()) putBack(store, record, by);
    }
    for (const [id, members] of relations) relate(org.memberships, id, members);
  };
}

/** Ids of what records can be related to with values of the relation. */
function ownersOf({ records }: Org): readonly string[] {
  return [...records.Campaigns.byId(), ...records.Deals.byId()].map(({ id }) => id);
}

// Taken away and added again, in the order they had, for adding to a relation keeps what it says.
function relate(memberships: Memberships, ownerId: string, before: readonly Member[]): void {
  for (const { memberId } of memberships.of(ownerId)) memberships.remove(ownerId, memberId);
  for (const { memberId, values } of before) memberships.add(ownerId, memberId, values);
}

function removeNew(
  store: RecordStore,
  before: ReadonlyMap<string, StoredRecord>,
  by: string,
  at: number,
): void {
  for (const { id } of store.byId()) {
    if (!before.has(id)) store.delete(id, { type: 'permanent', deletedAt: at, deletedBy: by });
  }
}

function putBack(store: RecordStore, before: StoredRecord, by: string): void {
  const now = store.get(before.id) ?? store.restore(before.id, by);
  if (now === undefined || isSame(now, before)) return;
  const { modifiedAt, modifiedBy, tags, state } = before;
  // Fields that were empty before must be emptied, for a change leaves what it does not name.
  const emptied = Object.fromEntries(Object.keys(now.values).map((name) => [name, null]));
  const values = { ...emptied, ...before.values };
  store.change(before.id, { values, modifiedAt, modifiedBy, tags, state });
}

function isSame(now: StoredRecord, before: StoredRecord): boolean {
  return (
    now.values === before.values &&
    now.modifiedAt === before.modifiedAt &&
    now.tags === before.tags &&
    now.state === before.state
  );
}
