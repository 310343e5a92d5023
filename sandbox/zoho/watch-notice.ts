import { isModuleName, type ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { RecordEvent } from './record-store.ts';
import type { Channel, WatchAction } from './watch.ts';

/** Something that happened to one record, as a channel may hear of it. */
export interface Notice {
  readonly module: ModuleName;
  readonly action: Exclude<WatchAction, 'all'>;
  readonly id: string;
  /** Api names; empty for a related action. */
  readonly fields: readonly string[];
  /** It befell a record that leads to this one by a lookup, not this one. */
  readonly isRelated: boolean;
}

const actions = { create: 'create', edit: 'edit', delete: 'delete', restore: 'create' } as const;

/**
 * What an event is worth telling: of the record itself, and of those it leads to, for whom it is a
 * related action (facts §7: editing a contact also notifies its account).
 */
export function noticesOf(org: Org, module: ModuleName, event: RecordEvent): readonly Notice[] {
  const { record, kind, fields } = event;
  const own = { module, action: actions[kind], id: record.id, fields, isRelated: false };
  const related = org.schema.fields(module).flatMap(({ lookup, apiName }) => {
    const id = record.values[apiName];
    if (lookup === null || !isModuleName(lookup) || typeof id !== 'string') return [];
    const action = 'edit' as const;
    return [{ module: lookup, action, id, fields: [], isRelated: true }];
  });
  return [own, ...related];
}

/** Whether a channel asked for it. Conditions filter edits alone: of the others Zoho says nothing. */
export function isWanted(channel: Channel, notice: Notice): boolean {
  if (notice.isRelated && !channel.onRelatedAction) return false;
  const isHeard = channel.events.some(
    ({ module, action }) =>
      module === notice.module && (action === 'all' || action === notice.action),
  );
  if (!isHeard || notice.action !== 'edit') return isHeard;
  const conditions = channel.conditions.filter(({ module }) => module === notice.module);
  return conditions.every(({ operator, fields }) => {
    const changed = (name: string) => notice.fields.includes(name);
    return operator === 'or' ? fields.some(changed) : fields.every(changed);
  });
}
