import type { Hint, HintKind } from '../../src/domain/hint.ts';
import type { PullObject } from '../../src/domain/pull-task.ts';
import type { Subject } from '../../src/domain/subject.ts';
import { toInstant } from './instant.ts';
import { customerKind, deals } from './object-kind.ts';
import type { HubSpotSettings } from './settings.ts';
import type { WebhookEvent } from './webhook-event.ts';

/** Where an event says to look. */
type Target = { readonly object: PullObject; readonly id: string };

type Reading = { readonly settings: HubSpotSettings; readonly subject: Subject };

/** What an event says; nothing when it is no news to us. */
export function hintsOf(event: WebhookEvent, reading: Reading): readonly Hint[] {
  const kind = kinds[event.action];
  if (kind === undefined) return [];
  const targets = targetsOf(event, reading.subject);
  if (targets.some(({ object }) => isOwnWrite(event, object, reading.settings))) return [];
  return targets.map(({ object, id }) => ({
    ...{ key: keyOf(event, object, id), object, id, kind, at: toInstant(event.occurredAt) },
  }));
}

const kinds: Readonly<Record<string, HintKind>> = {
  creation: 'changed',
  propertyChange: 'changed',
  deletion: 'removed',
  privacyDeletion: 'erased',
  restore: 'restored',
  merge: 'merged',
  associationChange: 'linked',
};

// An event id is not unique by itself (facts §7.1), and one event may name several records.
function keyOf(event: WebhookEvent, object: PullObject, id: string): string {
  const { portalId, subscriptionId = '', eventId, objectId = '', occurredAt } = event;
  return [portalId, subscriptionId, eventId, objectId, occurredAt, object, id].join(':');
}

function targetsOf(event: WebhookEvent, subject: Subject): readonly Target[] {
  if (event.action === 'associationChange') return endsOf(event, subject);
  const object = pulledAs(typeOf(event.object, event.objectTypeId), subject);
  const ids = event.action === 'merge' ? mergedOf(event) : [event.objectId];
  if (object === null) return [];
  return [...new Set(ids)].flatMap((id) => (id === undefined ? [] : [{ object, id }]));
}

/** The record it became, and those it was made of. */
function mergedOf(event: WebhookEvent): readonly (string | undefined)[] {
  const { objectId, newObjectId, primaryObjectId, mergedObjectIds = [] } = event;
  return [newObjectId ?? objectId, primaryObjectId, ...mergedObjectIds];
}

/** Both ends of a link between a deal and a customer; other links are read by nobody. */
function endsOf(event: WebhookEvent, subject: Subject): readonly Target[] {
  const { fromObjectId, toObjectId } = event;
  const [from, to] = linkedTypes(event).map((type) => pulledAs(type, subject));
  if (from == null || to == null || from === to) return [];
  if (fromObjectId === undefined || toObjectId === undefined) return [];
  return [
    { object: from, id: fromObjectId },
    { object: to, id: toObjectId },
  ];
}

/** For example `DEAL_TO_CONTACT`; the newer types name both ends by type id. */
function linkedTypes(event: WebhookEvent): readonly (string | null)[] {
  const { associationType = '', fromObjectTypeId, toObjectTypeId } = event;
  const [from = '', to = ''] = associationType.toLowerCase().split('_to_');
  return [typeOf(from, fromObjectTypeId), typeOf(to, toObjectTypeId)];
}

const typeIds: Readonly<Record<string, string>> = {
  '0-1': 'contact',
  '0-2': 'company',
  '0-3': 'deal',
};

function typeOf(name: string, typeId: string | undefined): string | null {
  return typeId === undefined ? name : (typeIds[typeId] ?? null);
}

function pulledAs(type: string | null, subject: Subject): PullObject | null {
  if (type === deals.singular) return 'deals';
  return type === customerKind(subject).singular ? 'customers' : null;
}

/**
 * We write properties of customers and nothing else, so that only their changes can be ours: those of a
 * property that is ours by its name, and whatever our app wrote where the settings say which it is
 * (facts §7.2: `sourceId` is the writing app).
 */
function isOwnWrite(event: WebhookEvent, object: PullObject, settings: HubSpotSettings): boolean {
  if (event.action !== 'propertyChange' || object !== 'customers') return false;
  if (event.propertyName?.startsWith(settings.fieldPrefix) === true) return true;
  const { changeSource, sourceId } = event;
  const appId = settings.webhooks?.appId;
  return appId !== undefined && changeSource === 'INTEGRATION' && sourceId === appId;
}
