import type { RelationValues } from './memberships.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { StoredRecord } from './record.ts';
import type { RecordPath } from './record-path.ts';
import { RecordPlace } from './record-place.ts';
import { storedValue } from './record-values.ts';
import type { RecordView } from './record-view.ts';
import { updateRecord, type WriteContext } from './record-writer.ts';
import { relationInput, relationView } from './relation-values.ts';

/** A record in a related list, with what the relation itself says. */
export interface RelatedRow {
  readonly record: StoredRecord;
  readonly beside: RecordView;
}

/** A list on a record's page. All methods are about the record at `path`. */
export interface RelatedList {
  /** Whose records are in it. */
  readonly module: ModuleName;
  rows(org: Org, path: RecordPath): readonly RelatedRow[];
  /** Throws when the relation cannot be; `id` is a live record's of `module`. */
  link(org: Org, path: RecordPath, related: RelatedInput, context: WriteContext): void;
  /** Throws when there is no such relation. */
  unlink(org: Org, path: RecordPath, id: string, context: WriteContext): void;
}

export interface RelatedInput {
  readonly id: string;
  /** As it stands in the body. */
  readonly values: RecordView;
}

/** Records that look this one up in a field of theirs. */
function lookedUpBy(module: ModuleName, apiName: string): RelatedList {
  const write = (org: Org, id: string, value: string | null, context: WriteContext) => {
    const outcome = updateRecord(org, module, id, { [apiName]: value }, context);
    if (!outcome.ok) throw outcome.error;
  };
  return {
    module,
    rows: (org, { id }) =>
      org.records[module]
        .holding(apiName, id)
        .toReversed()
        .map((record) => ({ record, beside: {} })),
    link: (org, { id }, related, context) => write(org, related.id, id, context),
    unlink: (org, path, id, context) => {
      const record = org.records[module].get(id);
      const place = new RecordPlace(context.index);
      if (record === undefined) throw place.unknownId();
      if (storedValue(org, module, record, apiName) !== path.id) throw place.unknownId();
      write(org, id, null, context);
    },
  };
}

/** Records with a relation of many to many to this one, which owns it. */
function members(module: ModuleName): RelatedList {
  return {
    module,
    rows: (org, { id }) =>
      org.memberships
        .of(id)
        .flatMap(({ memberId, values }) => rowOf(org, module, memberId, values)),
    link: (org, { id }, related, context) => {
      const values = relationInput(org, related.values, new RecordPlace(context.index));
      org.memberships.add(id, related.id, values);
    },
    unlink: (org, path, id, { index }) => removeOrThrow(org, path.id, id, index),
  };
}

/** The same from the other side: the owners of which this record is a member. */
function owners(module: ModuleName): RelatedList {
  return {
    module,
    rows: (org, { id }) =>
      org.memberships
        .ownersOf(id)
        .flatMap((owner) => rowOf(org, module, owner, org.memberships.get(owner, id) ?? {})),
    link: (org, { id }, related, context) => {
      const values = relationInput(org, related.values, new RecordPlace(context.index));
      org.memberships.add(related.id, id, values);
    },
    unlink: (org, path, id, { index }) => removeOrThrow(org, id, path.id, index),
  };
}

/** A contact's deals: those that name it, and those in which it has a role. */
function dealsOfContact(): RelatedList {
  const named = lookedUpBy('Deals', 'Contact_Name');
  const byRole = owners('Deals');
  return {
    ...named,
    rows: (org, path) => {
      const rows = named.rows(org, path);
      const known = new Set(rows.map(({ record }) => record.id));
      return [...rows, ...byRole.rows(org, path).filter(({ record }) => !known.has(record.id))];
    },
  };
}

const lists: Readonly<Record<ModuleName, Readonly<Record<string, RelatedList>>>> = {
  Leads: { Campaigns: owners('Campaigns') },
  Contacts: { Deals: dealsOfContact(), Campaigns: owners('Campaigns') },
  Accounts: {
    Contacts: lookedUpBy('Contacts', 'Account_Name'),
    Deals: lookedUpBy('Deals', 'Account_Name'),
  },
  Deals: { Contact_Roles: members('Contacts') },
  Campaigns: { Contacts: members('Contacts'), Leads: members('Leads') },
};

export function relatedList(module: ModuleName, apiName: string): RelatedList | undefined {
  return lists[module][apiName];
}

/** Deleted records are in no list, and an owner's members are of several modules. */
function rowOf(
  org: Org,
  module: ModuleName,
  id: string,
  values: RelationValues,
): readonly RelatedRow[] {
  const record = org.records[module].get(id);
  return record === undefined ? [] : [{ record, beside: relationView(org, values) }];
}

function removeOrThrow(org: Org, ownerId: string, memberId: string, index?: number): void {
  if (!org.memberships.remove(ownerId, memberId)) throw new RecordPlace(index).unknownId();
}
