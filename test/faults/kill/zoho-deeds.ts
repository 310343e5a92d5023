import { randomFor } from '../../../sandbox/data/random.ts';
import type { World } from '../../../sandbox/data/world.ts';
import { mergeRecords } from '../../../sandbox/zoho/merge-records.ts';
import type { Org } from '../../../sandbox/zoho/org.ts';
import { buyOn } from '../../../sandbox/zoho/purchase-day.ts';
import { deleteRecord, updateRecord } from '../../../sandbox/zoho/record-writer.ts';
import type { Hint } from '../../../src/domain/hint.ts';
import { type DeedName, days, purchases } from './stand.ts';

/** What people do in the org. The same org, the same deeds. */
export function actInZoho(org: Org, world: World, deed: DeedName): readonly Hint[] {
  if (deed === 'a day of changes') {
    changeMuch(org, world);
    return [];
  }
  const bought = buyOn(org, world, { ...purchases[deed], share: 0.05 });
  const at = new Date(org.now()).toISOString();
  return bought.map((id) => ({ key: id, object: 'deals', id, kind: 'changed', at }));
}

function changeMuch(org: Org, world: World): void {
  const random = randomFor(4, 'people');
  const context = { userId: org.users.other.id, at: org.now() };
  const some = (module: 'Contacts' | 'Deals', count: number) => {
    const live = org.records[module].byId().map(({ id }) => id);
    return Array.from({ length: count }, () => {
      const [id = ''] = live.splice(Math.floor(random.next() * live.length), 1);
      return id;
    });
  };
  buyOn(org, world, { day: days.second, share: 0.05, seed: 5 });
  for (const id of some('Deals', 4)) updateRecord(org, 'Deals', id, { Amount: 777 }, context);
  for (const id of some('Deals', 3)) deleteRecord(org, 'Deals', id, context);
  const [one = '', two = '', three = '', four = '', ...others] = some('Contacts', 10);
  for (const [masterId, child] of [
    [one, two],
    [three, four],
  ] as const)
    mergeRecords(org, 'Contacts', { masterId, childIds: [child], taken: new Map() }, context);
  for (const [at, id] of others.entries()) {
    if (at < 2) deleteRecord(org, 'Contacts', id, context);
    else updateRecord(org, 'Contacts', id, { Email: `new${at}@example.com` }, context);
  }
}
