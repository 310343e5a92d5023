import { afterEach, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../../sandbox/kit/random.ts';
import type { ModuleName } from '../../../sandbox/zoho/module-names.ts';
import type { Customer } from '../../../src/domain/customer.ts';
import type { Deal } from '../../../src/domain/deal.ts';
import { deltaAfter, fullPull, type Pulled, pullAll } from '../../contract/pull-all.ts';
import { type ReadingOrg, startReading } from './reading-org.ts';

let crm: ReadingOrg;
afterEach(async () => await crm.close());

/** What a store would hold of what was pulled: late pages lose, complete listings clear out. */
class Kept {
  readonly customers = new Map<string, Customer>();
  readonly deals = new Map<string, Deal>();

  take({ plan, customers, deals, removals }: Pulled): void {
    for (const { object, id } of removals) this[object].delete(id);
    keep(this.customers, customers, plan.complete.includes('customers'));
    keep(this.deals, deals, plan.complete.includes('deals'));
  }
}

function keep<T extends Customer | Deal>(
  into: Map<string, T>,
  records: readonly T[],
  isComplete: boolean,
): void {
  if (isComplete) {
    const listed = new Set(records.map(({ id }) => id));
    for (const id of into.keys()) if (!listed.has(id)) into.delete(id);
  }
  for (const record of records) {
    const known = into.get(record.id);
    if (known === undefined || record.modifiedAt >= known.modifiedAt) into.set(record.id, record);
  }
}

function pick(random: Random, module: ModuleName): string {
  const live = crm.liveIds(module);
  return live[Math.floor(random.next() * live.length)] ?? '';
}

/** What people do in a second: mostly edits, now and then everything else. */
async function happens(random: Random, bin: string[]): Promise<void> {
  const chance = random.next();
  const module = random.next() < 0.5 ? 'Contacts' : 'Deals';
  if (chance < 0.5) crm.touch(module, [pick(random, module)]);
  else if (chance < 0.6) {
    const Contact_Name = pick(random, 'Contacts');
    await crm.other.edit('Deals', pick(random, 'Deals'), { Contact_Name });
  } else if (chance < 0.7) {
    await crm.other.call('POST', '/Contacts', { data: [{ Last_Name: 'New' }], trigger: [] });
  } else if (chance < 0.82) {
    const id = pick(random, module);
    await crm.other.remove(module, id);
    bin.push(id);
  } else if (chance < 0.92 && bin.length > 0) {
    const id = bin.shift() ?? '';
    await crm.other.call('POST', `/settings/recycle_bin/${id}/actions/restore`);
  } else {
    const [one, other] = [pick(random, 'Contacts'), pick(random, 'Contacts')];
    if (one !== other) await crm.other.merge('Contacts', one, other);
  }
}

function expectSame(kept: Kept): void {
  const { Contacts, Deals } = crm.org.records;
  expect([...kept.customers.keys()].toSorted()).toEqual(crm.liveIds('Contacts').toSorted());
  expect([...kept.deals.keys()].toSorted()).toEqual(crm.liveIds('Deals').toSorted());
  for (const [id, { country }] of kept.customers)
    expect(country).toBe(Contacts.get(id)?.values['Mailing_Country'] ?? null);
  for (const [id, { customers, amount }] of kept.deals) {
    const { Contact_Name: contact = null, Amount } = Deals.get(id)?.values ?? {};
    const live = Contacts.get(String(contact)) === undefined ? [] : [contact];
    expect((customers ?? []).map((each) => each.id).filter((each) => Contacts.get(each))).toEqual(
      live,
    );
    expect((amount?.minor ?? 0) / 100).toBe(Number(Amount ?? 0));
  }
}

it.each([
  ...[1, 2, 3].map((seed) => ({ seed, lookbackMs: 0, coqlRows: 2_000 })),
  ...[4, 5].map((seed) => ({ seed, lookbackMs: 120_000, coqlRows: 2_000 })),
  // The newest rows are never all of them, and the look behind is cut short.
  ...[6, 7, 8].map((seed) => ({ seed, lookbackMs: 120_000, coqlRows: 5 })),
])(
  'whatever people do between deltas, the store follows: %j',
  async (given) => {
    const { seed, ...settings } = given;
    crm = await startReading({ contacts: 60, deals: 120, settings });
    const random = seededRandom(seed);
    const [kept, bin]: [Kept, string[]] = [new Kept(), []];
    let last = await pullAll(() => crm.open(), fullPull);
    kept.take(last);
    const follow = async () => {
      crm.sandbox.clock.advance(2_000);
      crm.stores([...kept.deals.values()]);
      const known = { customers: kept.customers.size, deals: kept.deals.size };
      last = await pullAll(() => crm.open(), deltaAfter(last, { known }));
      kept.take(last);
    };
    for (let round = 0; round < 6; round += 1) {
      for (let count = Math.floor(random.next() * 14); count > 0; count -= 1) {
        await happens(random, bin);
        if (random.next() < 0.4) crm.sandbox.clock.advance(Math.floor(random.next() * 40_000));
      }
      await follow();
    }
    // One who comes back while others leave may be counted for them: the next delta tells.
    for (let quiet = 0; quiet < 3; quiet += 1) await follow();
    expectSame(kept);
    await follow();
    expect([...last.customers, ...last.deals, ...last.removals]).toEqual([]);
  },
  60_000,
);
