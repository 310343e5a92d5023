import { assertNever } from '../../src/lib/assert-never.ts';
import type { ObjectType } from './object-types.ts';
import type { PortalEvent } from './portal-events.ts';
import type { StoredRecord } from './record.ts';
import type { WebhookAction } from './webhook-subscription.ts';

/** An event before it has an id, a subscription and an attempt, in HubSpot's words (README 27). */
export interface WebhookDraft {
  readonly objectType: 'contact' | 'company' | 'deal';
  readonly action: WebhookAction;
  readonly propertyName?: string;
  readonly occurredAt: number;
  /** The app that wrote, as text: what an app knows its own echo by (README 27). */
  readonly sourceId: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The events that HubSpot would send for one thing that happened; often several. */
export function webhookDrafts(event: PortalEvent): readonly WebhookDraft[] {
  const base = { occurredAt: event.at, sourceId: event.appId };
  if (event.kind === 'associated') return [associationChange(event, base)];
  const objectType = singular(event.type);
  const draft = (action: WebhookAction, fields: WebhookDraft['fields']) => ({
    ...base,
    objectType,
    action,
    fields,
  });
  switch (event.kind) {
    case 'created':
      return [
        draft('creation', { objectId: event.after.id, changeFlag: 'CREATED' }),
        ...changes({ ...event.after, properties: {} }, event.after, draft),
      ];
    case 'changed':
      return changes(event.before, event.after, draft);
    case 'archived':
      return [draft('deletion', { objectId: event.before.id, changeFlag: 'DELETED' })];
    case 'restored':
      return [draft('restore', { objectId: event.after.id, changeFlag: 'RESTORED' })];
    case 'merged':
      return [
        draft('merge', {
          objectId: event.after.id,
          primaryObjectId: event.primaryId,
          mergedObjectIds: [event.mergedId],
          newObjectId: event.after.id,
          numberOfPropertiesMoved: event.propertiesMoved,
          changeFlag: 'MERGED',
        }),
      ];
    // The plain deletion comes as an event of its own.
    case 'privacyDeleted':
      return [draft('privacyDeletion', { objectId: event.before.id, changeFlag: 'DELETED' })];
    default:
      return assertNever(event);
  }
}

function changes(
  before: StoredRecord,
  after: StoredRecord,
  draft: (action: WebhookAction, fields: WebhookDraft['fields']) => WebhookDraft,
): readonly WebhookDraft[] {
  const names = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)]);
  const changed = [...names].filter((name) => before.properties[name] !== after.properties[name]);
  return changed.map((propertyName) => {
    const propertyValue = after.properties[propertyName] ?? '';
    const fields = { objectId: after.id, propertyName, propertyValue };
    return { ...draft('propertyChange', fields), propertyName };
  });
}

// The store announces each direction by itself, so an app that subscribed to both gets two.
function associationChange(
  event: Extract<PortalEvent, { kind: 'associated' }>,
  base: { readonly occurredAt: number; readonly sourceId: string },
): WebhookDraft {
  const from = singular(event.fromType);
  const to = singular(event.toType);
  return {
    ...base,
    objectType: from,
    action: 'associationChange',
    fields: {
      fromObjectId: event.fromId,
      toObjectId: event.toId,
      associationType: `${from}_TO_${to}`.toUpperCase(),
      associationRemoved: event.removed,
      isPrimaryAssociation: primaryTypeIds.has(event.typeId),
    },
  };
}

/** Association types labelled "Primary": contact or deal and its company, both ways (README 15). */
const primaryTypeIds: ReadonlySet<number> = new Set([1, 2, 5, 6]);

function singular(type: ObjectType): WebhookDraft['objectType'] {
  const names = { contacts: 'contact', companies: 'company', deals: 'deal' } as const;
  return names[type];
}
