import { associate, dissociate, plainType } from '../../../sandbox/hubspot/association-writer.ts';
import type { ObjectType } from '../../../sandbox/hubspot/object-types.ts';
import type { Portal } from '../../../sandbox/hubspot/portal.ts';
import { mergeRecords } from '../../../sandbox/hubspot/record-merger.ts';
import {
  archiveRecord,
  createRecord,
  restoreRecord,
  updateRecord,
} from '../../../sandbox/hubspot/record-writer.ts';
import type { Chance } from '../bad-inputs/chance.ts';

const PEOPLE = '3003';

/** One thing that somebody does in a portal, in words. */
export function befallHubSpot(portal: Portal, chance: Chance): string {
  const context = { appId: PEOPLE, now: portal.clock() };
  const live = (type: ObjectType) => [...portal.objects[type].slotsFrom(0)];
  const idOf = (type: ObjectType, slot: number) => portal.objects[type].at(slot).id;
  const [deal, person, other] = [
    chance.pick(live('deals')),
    ...[chance.pick(live('contacts')), chance.pick(live('contacts'))],
  ] as const;
  const from = { type: 'deals', id: idOf('deals', deal) } as const;
  const to = { type: 'contacts', id: idOf('contacts', person) } as const;
  const change = (values: Readonly<Record<string, string>>) =>
    updateRecord(portal, 'deals', deal, values, context);
  switch (chance.whole(10)) {
    case 0:
      if (person !== other) mergeRecords(portal, 'contacts', person, other, context);
      return `${to.id} takes in another`;
    case 1: {
      const type = chance.pick(['deals', 'contacts'] as const);
      const id = type === 'deals' ? from.id : to.id;
      archiveRecord(portal, type, id, context);
      return `${type} ${id} is deleted`;
    }
    case 2:
      return restored(portal, chance, context);
    case 3:
      updateRecord(
        portal,
        'contacts',
        person,
        { email: `n${chance.whole(1e6)}@example.com` },
        context,
      );
      return `${to.id} has another address`;
    case 4:
      associate(portal, from, to, plainType(portal, 'deals', 'contacts'), context);
      // A link alone changes no record: webhooks tell of it, a delta sees who also touches the deal.
      change({ dealname: `moved ${chance.whole(1e6)}` });
      return `deal ${from.id} is also of ${to.id}`;
    case 5:
      dissociate(portal, from, to, context);
      change({ dealname: `moved ${chance.whole(1e6)}` });
      return `deal ${from.id} is no longer of ${to.id}`;
    case 6:
      change({ dealstage: 'closedlost' });
      return `deal ${from.id} is lost`;
    case 7:
      change({ dealstage: 'closedwon' });
      return `deal ${from.id} is won`;
    case 8:
      return takenApart(portal, from, deal, chance, context);
    default:
      change({ amount: String(chance.whole(2_000)) });
      return `deal ${from.id} has another amount`;
  }
}

type Context = { readonly appId: string; readonly now: number };

/**
 * HubSpot undoes no merge. Who wants to makes a new record, and gives it what was the other's:
 * https://knowledge.hubspot.com/records/merge-records
 */
function takenApart(
  portal: Portal,
  from: { readonly type: 'deals'; readonly id: number },
  deal: number,
  chance: Chance,
  context: Context,
): string {
  const email = `a${chance.whole(1e6)}@example.com`;
  const slot = createRecord(portal, 'contacts', { email }, context);
  const { id } = portal.objects.contacts.at(slot);
  const plain = plainType(portal, 'deals', 'contacts');
  for (const had of portal.associations.targets(from, 'contacts'))
    dissociate(portal, from, { type: 'contacts', id: had }, context);
  associate(portal, from, { type: 'contacts', id }, plain, context);
  updateRecord(portal, 'deals', deal, { dealname: `apart ${chance.whole(1e6)}` }, context);
  return `deal ${from.id} is of ${id}, who is new`;
}

function restored(portal: Portal, chance: Chance, context: Context): string {
  const type = chance.pick(['deals', 'contacts'] as const);
  const store = portal.objects[type];
  for (let id = 1; id < 2_000; id += 1) {
    const slot = store.slotOf(id);
    if (slot === undefined || !store.isArchived(slot) || store.resolve(id) !== id) continue;
    if (chance.is(0.5)) continue;
    restoreRecord(portal, type, id, context);
    // Nor does it change when it comes back: a webhook tells, or a sweep, or whoever touches it.
    const mark = String(chance.whole(1e6));
    const touched = type === 'deals' ? { dealname: mark } : { email: `b${mark}@example.com` };
    updateRecord(portal, type, slot, touched, context);
    return `${type} ${id} is back`;
  }
  return 'nothing';
}
