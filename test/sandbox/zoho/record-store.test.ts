import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantText, parseInstant } from '../../../sandbox/zoho/instant.ts';
import type { StoredRecord } from '../../../sandbox/zoho/record.ts';
import { compareIds, RecordStore } from '../../../sandbox/zoho/record-store.ts';

const FIRST = 5_725_767_000_000_100_001n;
const deletion = { type: 'recycle', deletedAt: 0, deletedBy: '' } as const;

function record(n: number, values = {}): StoredRecord {
  return {
    ...{ id: String(FIRST + BigInt(n)), values, createdAt: 0, modifiedAt: 0 },
    ...{ createdBy: 'u', modifiedBy: 'u', tags: [], state: 'open' },
  };
}

const step = fc.record({
  kind: fc.constantFrom('add', 'change', 'delete', 'restore', 'look'),
  n: fc.integer({ min: 0, max: 40 }),
  at: fc.integer({ min: 0, max: 5 }),
});

describe('a store of records', () => {
  it('keeps its orders through any changes, whenever somebody looks', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const store = new RecordStore();
        const live = new Map<string, StoredRecord>();
        for (const { kind, n, at } of steps) {
          const fresh = record(n);
          const { id } = fresh;
          const isNew = store.get(id) === undefined && store.getDeleted(id) === undefined;
          if (kind === 'add' && isNew) store.add(fresh);
          if (kind === 'change') store.change(id, { modifiedAt: at });
          if (kind === 'delete') store.delete(id, deletion);
          if (kind === 'restore') store.restore(id, 'u');
          const now = store.get(id);
          if (now === undefined) live.delete(id);
          else live.set(id, now);
          if (kind === 'look') [store.byId(), store.byModified()];
        }
        const records = [...live.values()];
        expect(store.byId()).toEqual(records.toSorted((a, b) => compareIds(a.id, b.id)));
        expect(store.byModified()).toEqual(
          records.toSorted((a, b) => a.modifiedAt - b.modifiedAt || compareIds(a.id, b.id)),
        );
      }),
    );
  });

  it('finds the holders of a value after any change, whatever its letters’ case', () => {
    const store = new RecordStore();
    store.load(record(1, { Email: 'a@x.com' }));
    expect(store.holding('Email', ' A@X.com')).toHaveLength(1);
    store.add(record(2, { Email: 'a@x.com' }));
    const [first, second] = store.byId();
    store.change(first?.id ?? '', { values: { Email: 'b@x.com' } });
    expect(store.holding('Email', 'a@x.com')).toEqual([second]);
    expect(store.holding('Email', 'b@x.com')).toEqual([first]);
    store.delete(second?.id ?? '', deletion);
    expect(store.holding('Email', 'a@x.com')).toEqual([]);
    expect(store.holding('Email', null)).toEqual([]);
  });

  it('takes values along to a field’s new name, and forgets those of a deleted field', () => {
    const store = new RecordStore();
    store.load(record(1, { Old: 'a', Other: 1 }));
    expect(store.holding('New', 'a')).toHaveLength(0);
    store.moveField('Old', 'New');
    expect(store.holding('New', 'a')).toHaveLength(1);
    store.moveField('Other', null);
    expect(store.byId()[0]?.values).toEqual({ New: 'a' });
  });
});

describe('an instant', () => {
  it('is written in whole seconds with its zone’s offset, and read back', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1980-01-01'), max: new Date('2037-01-01'), noInvalidDate: true }),
        fc.constantFrom('UTC', 'Asia/Kolkata', 'Europe/London', 'America/St_Johns'),
        (date, zone) => {
          const text = instantText(date.getTime(), zone);
          expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
          expect(parseInstant(text)).toBe(Math.floor(date.getTime() / 1_000) * 1_000);
        },
      ),
    );
  });

  it('keeps to summer time', () => {
    const [winter, summer] = ['2026-01-01', '2026-07-01'].map((day) => Date.parse(day));
    expect(instantText(winter ?? 0, 'Europe/London')).toBe('2026-01-01T00:00:00+00:00');
    expect(instantText(summer ?? 0, 'Europe/London')).toBe('2026-07-01T01:00:00+01:00');
    expect(parseInstant('2026-01-01')).toBeUndefined();
    expect(parseInstant('2026-01-01T00:00:00')).toBeUndefined();
  });
});
