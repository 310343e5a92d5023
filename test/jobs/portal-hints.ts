import type { PortalEvent } from '../../sandbox/hubspot/portal-events.ts';
import type { Hint } from '../../src/domain/hint.ts';

/** An event as HubSpot tells it, without what only one app would hear. `count`: how many were before it. */
export function hintsOf(event: PortalEvent, count: number): readonly Hint[] {
  const at = new Date(event.at).toISOString();
  const hint = (type: string, id: number, kind: Hint['kind'], key: string): readonly Hint[] => {
    if (type === 'companies') return [];
    const object = type === 'deals' ? 'deals' : 'customers';
    return [{ key: `${count}:${key}`, object, id: String(id), kind, at }];
  };
  switch (event.kind) {
    case 'created':
    case 'changed':
      return hint(event.type, event.after.id, 'changed', 'c');
    case 'restored':
      return hint(event.type, event.after.id, 'restored', 'r');
    case 'archived':
      return hint(event.type, event.before.id, 'removed', 'a');
    case 'privacyDeleted':
      return hint(event.type, event.before.id, 'erased', 'e');
    case 'merged':
      return [
        ...hint(event.type, event.primaryId, 'merged', 'm1'),
        ...hint(event.type, event.mergedId, 'merged', 'm2'),
      ];
    case 'associated':
      return hint(event.fromType, event.fromId, 'linked', 'l');
    default:
      return [];
  }
}
