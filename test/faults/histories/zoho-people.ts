import { mergeRecords } from '../../../sandbox/zoho/merge-records.ts';
import type { Org } from '../../../sandbox/zoho/org.ts';
import { createRecord, deleteRecord, updateRecord } from '../../../sandbox/zoho/record-writer.ts';
import type { Chance } from '../bad-inputs/chance.ts';

/** One thing that somebody does in an org, in words. */
export function befallZoho(org: Org, chance: Chance): string {
  const context = { userId: org.users.other.id, at: org.now() };
  const one = (module: 'Contacts' | 'Deals') => chance.pick(org.records[module].byId()).id;
  const [deal, person, other] = [one('Deals'), one('Contacts'), one('Contacts')];
  switch (chance.whole(9)) {
    case 0:
      if (person !== other)
        mergeRecords(
          org,
          'Contacts',
          { masterId: person, childIds: [other], taken: new Map() },
          context,
        );
      return `${person} takes in ${other}`;
    case 1:
      if (chance.is(0.5)) deleteRecord(org, 'Deals', deal, context);
      else deleteRecord(org, 'Contacts', person, context);
      return `${deal} or ${person} is deleted`;
    case 2:
      updateRecord(
        org,
        'Contacts',
        person,
        { Email: `n${chance.whole(1e6)}@example.com` },
        context,
      );
      return `${person} has another address`;
    case 3:
      updateRecord(org, 'Deals', deal, { Contact_Name: { id: person } }, context);
      return `deal ${deal} is now of ${person}`;
    case 4:
      updateRecord(org, 'Deals', deal, { Stage: 'Closed Lost' }, context);
      return `deal ${deal} is lost`;
    case 5:
      updateRecord(org, 'Deals', deal, { Stage: 'Closed Won' }, context);
      return `deal ${deal} is won`;
    case 6:
      return restored(org, chance, context.userId);
    case 7: {
      // Who belongs to nobody any more, or to somebody who is new: what was one is two again.
      const made = createRecord(
        org,
        'Contacts',
        { Last_Name: `Apart ${chance.whole(1e6)}` },
        context,
      );
      if (!made.ok) throw made.error;
      updateRecord(org, 'Deals', deal, { Contact_Name: { id: made.record.id } }, context);
      return `deal ${deal} is now of ${made.record.id}, who is new`;
    }
    default:
      updateRecord(org, 'Deals', deal, { Amount: chance.whole(2_000) }, context);
      return `deal ${deal} has another amount`;
  }
}

/** Out of the recycle bin; whoever was merged into another as well, where the bin has them. */
function restored(org: Org, chance: Chance, userId: string): string {
  const records = org.records[chance.pick(['Contacts', 'Deals'] as const)];
  const bin = records.deleted().filter(({ type }) => type === 'recycle');
  if (bin.length === 0) return 'nothing';
  const { id } = chance.pick(bin).record;
  records.restore(id, userId);
  return `${id} is back`;
}
