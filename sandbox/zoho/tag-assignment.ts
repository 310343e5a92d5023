import { ZohoError } from './errors.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { StoredRecord } from './record.ts';
import type { Tag } from './tags.ts';

/** What is asked for all the ids of one call. */
export interface TagChange {
  readonly act: 'add' | 'remove';
  readonly names: readonly string[];
  /** Wipes what the record had (facts §6). Only of an addition. */
  readonly overWrite: boolean;
  readonly userId: string;
}

/** What became of one record's tags. */
export interface TagOutcome {
  readonly tags: readonly Tag[];
  /** Names dropped without an error, because the record has as many as it may (facts §6). */
  readonly notAdded: readonly string[];
}

/**
 * The tags of these names. An addition makes up those that are unknown, and they count against the
 * module's cap: past it the whole call is refused, before anything is changed.
 */
export function resolveTags(org: Org, module: ModuleName, change: TagChange): readonly Tag[] {
  const names = [
    ...new Map(change.names.map((name) => [name.trim().toLowerCase(), name])).values(),
  ];
  if (change.act === 'remove') return names.flatMap((name) => org.tags.byName(module, name) ?? []);
  const unknown = names.filter((name) => org.tags.byName(module, name) === undefined);
  for (const name of unknown) org.tags.checkName(module, name);
  const { perModule } = org.tags.caps;
  if (org.tags.all(module).length + unknown.length > perModule)
    throw new ZohoError(400, 'LICENSE_LIMIT_EXCEEDED', 'tags edition limit exceeded', {
      limit: perModule,
    });
  return names.map((name) => org.tags.byName(module, name) ?? org.tags.create(module, name));
}

/** Puts tags on a record, or takes them off. */
export function assignTags(
  org: Org,
  module: ModuleName,
  record: StoredRecord,
  tags: readonly Tag[],
  change: TagChange,
): TagOutcome {
  const { kept, notAdded } =
    change.act === 'add' ? added(org, record, tags, change) : removed(record, tags);
  save(org, module, record, kept, change.userId);
  return { tags: kept.flatMap((id) => org.tags.byId(id) ?? []), notAdded };
}

function added(org: Org, record: StoredRecord, tags: readonly Tag[], { overWrite }: TagChange) {
  const before = overWrite ? [] : record.tags.filter((id) => org.tags.byId(id) !== undefined);
  const fresh = tags.filter(({ id }) => !before.includes(id));
  const room = Math.max(0, org.tags.caps.perRecord - before.length);
  return {
    kept: [...before, ...fresh.slice(0, room).map(({ id }) => id)],
    notAdded: fresh.slice(room).map(({ name }) => name),
  };
}

function removed(record: StoredRecord, tags: readonly Tag[]) {
  const gone = new Set(tags.map(({ id }) => id));
  return { kept: record.tags.filter((id) => !gone.has(id)), notAdded: [] };
}

function save(
  org: Org,
  module: ModuleName,
  record: StoredRecord,
  tags: readonly string[],
  userId: string,
): void {
  const isSame = tags.length === record.tags.length && tags.every((id) => record.tags.includes(id));
  if (isSame) return;
  const moved = org.options.tagsMoveModifiedTime
    ? { modifiedAt: org.now(), modifiedBy: userId }
    : {};
  org.records[module].change(record.id, { tags, ...moved });
}
