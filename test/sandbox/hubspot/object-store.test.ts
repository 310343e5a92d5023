import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkTable } from '../../../sandbox/hubspot/link-table.ts';
import { Portal } from '../../../sandbox/hubspot/portal.ts';

const at = { createdAt: 1, updatedAt: 1, properties: {} };

describe('ids of a portal', () => {
  it('ascend over all types, above any that a loader chose', () => {
    const { contacts, deals } = new Portal({ firstRecordId: 5 }).objects;
    expect([
      contacts.load(at),
      deals.load(at),
      contacts.load({ ...at, id: 70 }),
      deals.load(at),
    ]).toEqual([5, 6, 70, 71]);
  });

  it('cannot be chosen below an earlier one, nor twice', () => {
    const { contacts } = new Portal().objects;
    contacts.load({ ...at, id: 5_000 });
    for (const id of [4_000, 5_000]) expect(() => contacts.load({ ...at, id })).toThrow(RangeError);
  });

  it('are found again past every growth of the columns', () => {
    const { contacts } = new Portal().objects;
    const ids = contacts.insertMany(Array.from({ length: 5_000 }, () => at));
    const found = ids.map((id) => contacts.slotOf(id));
    expect(found).toEqual(ids.map((_, slot) => slot));
    expect(contacts.slotOf(999)).toBeUndefined();
  });
});

describe('a link table', () => {
  it('holds what a plain set of pairs holds, ascending', () => {
    const step = fc.tuple(fc.boolean(), fc.nat(3), fc.nat(9));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const table = new LinkTable();
        const sets = [0, 1, 2, 3].map(() => new Set<number>());
        for (const [add, slot, target] of steps) {
          const set = sets[slot] ?? new Set();
          const changed = add ? !set.has(target) : set.has(target);
          expect(add ? table.add(slot, target) : table.remove(slot, target)).toBe(changed);
          if (add) set.add(target);
          else set.delete(target);
        }
        for (const [slot, set] of sets.entries())
          expect(table.targets(slot)).toEqual([...set].sort((a, b) => a - b));
      }),
    );
  });
});
