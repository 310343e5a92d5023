import type { ObjectType } from './object-types.ts';
import type { StoredRecord } from './record.ts';

interface EventBase {
  /** The app whose token made the write: what webhooks send as `sourceId` (README 27). */
  readonly appId: string;
  readonly at: number;
}

/** One thing that happened to a portal, for whoever delivers webhooks or watches in a test. */
export type PortalEvent = EventBase &
  (
    | { readonly kind: 'created'; readonly type: ObjectType; readonly after: StoredRecord }
    | {
        readonly kind: 'changed';
        readonly type: ObjectType;
        readonly before: StoredRecord;
        readonly after: StoredRecord;
      }
    | { readonly kind: 'archived'; readonly type: ObjectType; readonly before: StoredRecord }
    | { readonly kind: 'restored'; readonly type: ObjectType; readonly after: StoredRecord }
    | {
        readonly kind: 'merged';
        readonly type: ObjectType;
        readonly primaryId: number;
        readonly mergedId: number;
        readonly after: StoredRecord;
        readonly propertiesMoved: number;
      }
    | {
        /** One direction only. HubSpot announces each direction by itself, so two of these come. */
        readonly kind: 'associated';
        readonly fromType: ObjectType;
        readonly fromId: number;
        readonly toType: ObjectType;
        readonly toId: number;
        readonly typeId: number;
        readonly removed: boolean;
      }
    | { readonly kind: 'privacyDeleted'; readonly type: ObjectType; readonly before: StoredRecord }
  );

type Listener = (event: PortalEvent) => void;

/** Listeners run in the write itself, so they see events in the order of the writes. */
export class PortalEvents {
  readonly #listeners = new Set<Listener>();

  /** Returns the function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: PortalEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
