import { randomFor } from '../../sandbox/data/random.ts';
import type { World } from '../../sandbox/data/world.ts';
import type { Portal } from '../../sandbox/hubspot/portal.ts';
import { buyOn as buyInHubSpot } from '../../sandbox/hubspot/purchase-day.ts';
import { mergeRecords } from '../../sandbox/hubspot/record-merger.ts';
import { archiveRecord, createRecord, updateRecord } from '../../sandbox/hubspot/record-writer.ts';
import { mergeRecords as mergeInZoho } from '../../sandbox/zoho/merge-records.ts';
import type { Org } from '../../sandbox/zoho/org.ts';
import { buyOn as buyInZoho } from '../../sandbox/zoho/purchase-day.ts';
import {
  createRecord as createInZoho,
  deleteRecord,
  updateRecord as updateInZoho,
} from '../../sandbox/zoho/record-writer.ts';

/** What people and a shop do in both CRMs, over and over, by chance that repeats. */
export type People = {
  /** Some customers buy, and somebody edits, adds, archives or merges something. */
  readonly act: (round: number, day: string) => void;
  /** What was done, by its name. */
  readonly done: Readonly<Record<string, number>>;
};

/** People use the CRM's own pages; no app under test has this id. */
const PEOPLE = '3003';

export function peopleOf(portal: Portal, org: Org, world: World, seed: number): People {
  const done: Record<string, number> = {};
  const random = randomFor(seed, 'people');
  const pick = (count: number) => Math.floor(random.next() * count);
  const note = (name: string, count = 1) => {
    done[name] = (done[name] ?? 0) + count;
  };
  const deeds = [...hubspotDeeds(portal, pick), ...zohoDeeds(org, pick)];
  return {
    done,
    act: (round, day) => {
      const options = { day, share: 0.02, seed: seed * 1_000 + round };
      note('hubspot buys', buyInHubSpot(portal, world, options).length);
      note('zoho buys', buyInZoho(org, world, options).length);
      for (let at = 0; at < 3; at += 1) {
        const deed = deeds[pick(deeds.length)];
        if (deed === undefined) continue;
        deed.act(round * 10 + at);
        note(deed.name);
      }
    },
  };
}

type Deed = { readonly name: string; readonly act: (number: number) => void };
type Pick = (count: number) => number;

function hubspotDeeds(portal: Portal, pick: Pick): readonly Deed[] {
  const context = () => ({ appId: PEOPLE, now: portal.clock() });
  const slot = (type: 'contacts' | 'deals') => {
    const store = portal.objects[type];
    const live = [...store.slotsFrom(0)].filter((one) => store.isLive(one));
    return live[pick(live.length)] ?? 0;
  };
  const idOf = (type: 'contacts' | 'deals') => portal.objects[type].at(slot(type)).id;
  const amount = () => `${10 + pick(900)}.00`;
  const countries = ['France', 'Chile', 'Japan'];
  return [
    {
      name: 'hubspot edits a contact',
      act: () => {
        const country = countries[pick(3)] ?? '';
        updateRecord(portal, 'contacts', slot('contacts'), { country }, context());
      },
    },
    {
      name: 'hubspot edits a deal',
      act: () => updateRecord(portal, 'deals', slot('deals'), { amount: amount() }, context()),
    },
    {
      name: 'hubspot adds a contact',
      act: (number) => {
        const values = { email: `new${number}@example.com`, external_id: `N${number}` };
        createRecord(portal, 'contacts', values, context());
      },
    },
    {
      name: 'hubspot archives a deal',
      act: () => archiveRecord(portal, 'deals', idOf('deals'), context()),
    },
    {
      name: 'hubspot archives a contact',
      act: () => archiveRecord(portal, 'contacts', idOf('contacts'), context()),
    },
    {
      name: 'hubspot merges contacts',
      act: () => {
        const [one, other] = [slot('contacts'), slot('contacts')];
        if (one !== other) mergeRecords(portal, 'contacts', one, other, context());
      },
    },
  ];
}

function zohoDeeds(org: Org, pick: Pick): readonly Deed[] {
  const context = () => ({ userId: org.users.other.id, at: org.now() });
  const idOf = (module: 'Contacts' | 'Deals') => {
    const live = org.records[module].byId();
    return live[pick(live.length)]?.id ?? '';
  };
  const countries = ['France', 'Chile', 'Japan'];
  return [
    {
      name: 'zoho edits a contact',
      act: () => {
        const values = { Mailing_Country: countries[pick(3)] ?? '' };
        updateInZoho(org, 'Contacts', idOf('Contacts'), values, context());
      },
    },
    {
      name: 'zoho edits a deal',
      act: () => updateInZoho(org, 'Deals', idOf('Deals'), { Amount: 10 + pick(900) }, context()),
    },
    {
      name: 'zoho adds a contact',
      act: (number) => {
        const values = { Last_Name: `New ${number}`, External_Id: `N${number}` };
        createInZoho(org, 'Contacts', values, context());
      },
    },
    {
      name: 'zoho deletes a deal',
      act: () => deleteRecord(org, 'Deals', idOf('Deals'), context()),
    },
    {
      name: 'zoho deletes a contact',
      act: () => deleteRecord(org, 'Contacts', idOf('Contacts'), context()),
    },
    {
      name: 'zoho merges contacts',
      act: () => {
        const [masterId, child] = [idOf('Contacts'), idOf('Contacts')];
        if (masterId === child) return;
        mergeInZoho(org, 'Contacts', { masterId, childIds: [child], taken: new Map() }, context());
      },
    },
  ];
}
