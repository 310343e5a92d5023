import { randomFor } from '../../../sandbox/data/random.ts';
import type { World } from '../../../sandbox/data/world.ts';
import type { ObjectType } from '../../../sandbox/hubspot/object-types.ts';
import type { Portal } from '../../../sandbox/hubspot/portal.ts';
import type { PortalEvent } from '../../../sandbox/hubspot/portal-events.ts';
import { buyOn } from '../../../sandbox/hubspot/purchase-day.ts';
import { mergeRecords } from '../../../sandbox/hubspot/record-merger.ts';
import { archiveRecord, updateRecord } from '../../../sandbox/hubspot/record-writer.ts';
import type { Hint } from '../../../src/domain/hint.ts';
import { type DeedName, days, purchases } from './stand.ts';

/** People use the CRM's own pages; no app has this id. */
const PEOPLE = '3003';

/** What people do in the portal. The same portal, the same deeds. */
export function actInHubSpot(portal: Portal, world: World, deed: DeedName): readonly Hint[] {
  const said: Hint[] = [];
  const unsubscribe = portal.events.subscribe((event) => {
    said.push(...hintsOf(event, said.length));
  });
  if (deed === 'a day of changes') changeMuch(portal, world);
  else buyOn(portal, world, { ...purchases[deed], share: 0.05 });
  unsubscribe();
  return said;
}

function changeMuch(portal: Portal, world: World): void {
  const random = randomFor(4, 'people');
  const context = { appId: PEOPLE, now: portal.clock() };
  const some = (type: ObjectType, count: number) => {
    const live = [...portal.objects[type].slotsFrom(0)];
    return Array.from({ length: count }, () => {
      const [slot = 0] = live.splice(Math.floor(random.next() * live.length), 1);
      return slot;
    });
  };
  buyOn(portal, world, { day: days.second, share: 0.05, seed: 5 });
  for (const slot of some('deals', 4))
    updateRecord(portal, 'deals', slot, { amount: '777.00' }, context);
  for (const slot of some('deals', 3)) {
    archiveRecord(portal, 'deals', portal.objects.deals.at(slot).id, context);
  }
  const [one = 0, two = 0, three = 0, four = 0, ...others] = some('contacts', 10);
  mergeRecords(portal, 'contacts', one, two, context);
  mergeRecords(portal, 'contacts', three, four, context);
  for (const [at, slot] of others.entries()) {
    if (at < 2) archiveRecord(portal, 'contacts', portal.objects.contacts.at(slot).id, context);
    else updateRecord(portal, 'contacts', slot, { email: `new${at}@example.com` }, context);
  }
}

function hintsOf(event: PortalEvent, count: number): readonly Hint[] {
  const at = new Date(event.at).toISOString();
  const hint = (type: ObjectType, id: number): readonly Hint[] => {
    const object = type === 'deals' ? 'deals' : 'customers';
    return [{ key: `h${count}`, object, id: String(id), kind: 'changed', at }];
  };
  if (event.kind === 'created' || event.kind === 'changed') return hint(event.type, event.after.id);
  return event.kind === 'associated' ? hint(event.fromType, event.fromId) : [];
}
