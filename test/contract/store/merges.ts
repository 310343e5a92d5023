import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredPage } from '../../../src/store/pull-store.ts';
import {
  aCustomer,
  aDeal,
  archived,
  clean,
  day,
  dealsOf,
  dirtyIds,
  type GetStore,
  newConnection,
  save,
  world,
} from './fixtures.ts';

/** Merged, archived, erased and restored records. */
export function describeMerges(get: GetStore): void {
  describe('a merged customer', () => {
    const start = {
      customers: ['1', '2', '3'].map((id) => aCustomer(id)),
      deals: [aDeal('d', ['1', '3']), aDeal('e', ['2'])],
    };

    it('hands its deals to the record it became', async () => {
      const c = newConnection();
      await save(get(), c, start);
      await clean(get(), c);
      await save(get(), c, { customers: [aCustomer('9', { previousIds: ['1', '2'] })] });
      expect((await world(get(), c)).map(({ customer }) => customer.id)).toEqual(['3', '9']);
      expect((await dealsOf(get(), c, '9'))?.map(({ id }) => id)).toEqual(['d', 'e']);
      expect((await dealsOf(get(), c, '3'))?.[0]?.customers).toEqual([
        { id: '3', primary: false },
        { id: '9', primary: true },
      ]);
      expect(await dirtyIds(get(), c)).toEqual(['3', '9']);
    });

    it('told as a removal is the same', async () => {
      const c = newConnection();
      await save(get(), c, start, {
        removals: [{ object: 'customers', id: '1', kind: 'merged', into: '2' }],
      });
      expect((await dealsOf(get(), c, '2'))?.map(({ id }) => id)).toEqual(['d', 'e']);
      expect(await get().records.byIds(c, ['1'])).toEqual([]);
    });

    it('loses its score and its place on lists', async () => {
      const c = newConnection();
      await save(get(), c, start);
      await clean(get(), c);
      await save(get(), c, { customers: [aCustomer('2', { previousIds: ['1'] })] });
      expect(await get().scores.byId(c, '1')).toBeNull();
      expect(await get().scores.byId(c, '2')).not.toBeNull();
    });

    it('is known by its old id in later pages and to whoever looks for it', async () => {
      const c = newConnection();
      await save(get(), c, start, { customers: [aCustomer('9', { previousIds: ['1'] })] });
      await save(get(), c, {
        deals: [aDeal('f', ['1', '9'])],
        customers: [aCustomer('1', { modifiedAt: day(9) })],
      });
      expect((await dealsOf(get(), c, '9'))?.map(({ id }) => id)).toEqual(['d', 'f']);
      expect((await get().records.find(c, '1')).map(({ customer }) => customer.id)).toEqual(['9']);
      expect(await get().records.byIds(c, ['1'])).toEqual([]);
    });

    it('of a merged customer becomes the last of the chain, in whatever order it is told', async () => {
      const pages = [
        start,
        { customers: [aCustomer('5', { previousIds: ['1', '2'] })] },
        { customers: [aCustomer('6', { previousIds: ['5'] })] },
        { customers: [aCustomer('7', { previousIds: ['6', '3'] })] },
      ];
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(pages, { minLength: pages.length }), async (order) => {
          const c = newConnection();
          await save(get(), c, ...order);
          expect((await world(get(), c)).map(({ customer }) => customer.id)).toEqual(['7']);
          expect((await dealsOf(get(), c, '7'))?.map(({ id }) => id)).toEqual(['d', 'e']);
        }),
        { numRuns: 12 },
      );
    });

    it('that names itself, or in a ring, ends no customer', async () => {
      const c = newConnection();
      await save(
        get(),
        c,
        { customers: [aCustomer('1', { previousIds: ['1', '2'] })] },
        { customers: [aCustomer('2', { previousIds: ['1'] })] },
      );
      expect((await world(get(), c)).map(({ customer }) => customer.id)).toEqual(['1']);
    });
  });

  describe('a removed record', () => {
    const start = {
      customers: ['1', '2'].map((id) => aCustomer(id)),
      deals: [aDeal('d', ['1', '2']), aDeal('e', ['1'])],
    };

    it('is gone from deals, counts and scores, and comes back as it was', async () => {
      const c = newConnection();
      await save(get(), c, start);
      await clean(get(), c);
      await save(get(), c, { removals: [archived('customers', '1')] });
      expect((await dealsOf(get(), c, '2'))?.[0]?.customers).toEqual([{ id: '2', primary: false }]);
      expect(await get().records.counts(c)).toMatchObject({
        customers: 1,
        deals: 2,
        unattributedMinor: 1000,
        problems: { 'customer-missing': 1 },
      });
      expect(await get().scores.tiers(c)).toEqual({ gold: 1 });
      await clean(get(), c);
      await save(get(), c, { customers: [aCustomer('1')] });
      expect(await dirtyIds(get(), c)).toEqual(['1', '2']);
      expect((await dealsOf(get(), c, '1'))?.map(({ id }) => id)).toEqual(['d', 'e']);
    });

    it('when it is a deal, touches its customers, and comes back with them', async () => {
      const c = newConnection();
      await save(get(), c, start);
      await clean(get(), c);
      await save(get(), c, { removals: [archived('deals', 'd')] });
      expect(await dirtyIds(get(), c)).toEqual(['1', '2']);
      expect(await dealsOf(get(), c, '2')).toEqual([]);
      await save(get(), c, { deals: [aDeal('d', null)] });
      expect(await dealsOf(get(), c, '2')).toHaveLength(1);
    });

    it('that nobody knew changes nothing', async () => {
      const c = newConnection();
      await save(get(), c, start);
      await clean(get(), c);
      await save(get(), c, { removals: [archived('customers', '77'), archived('deals', '77')] });
      expect(await dirtyIds(get(), c)).toEqual([]);
    });

    it('that was erased is not found by anything personal any more', async () => {
      const c = newConnection();
      await save(get(), c, start, { removals: [{ object: 'customers', id: '1', kind: 'erased' }] });
      for (const text of ['1', 'X1', '1@example.com'])
        expect(await get().records.find(c, text)).toEqual([]);
    });
  });

  it('any order of pages gives the same state', async () => {
    const pages: readonly Partial<StoredPage>[] = [
      { customers: [aCustomer('1'), aCustomer('2')] },
      { customers: [aCustomer('1', { name: 'new', modifiedAt: day(4) }), aCustomer('3')] },
      { customers: [aCustomer('8', { previousIds: ['2', '5'] })] },
      { deals: [aDeal('d', ['1', '2']), aDeal('e', ['2', '3'])] },
      { deals: [aDeal('d', ['5', '3'], { modifiedAt: day(3) })] },
      { deals: [aDeal('d', null, { status: 'lost', modifiedAt: day(6) })] },
      { deals: [aDeal('e', ['1'], { modifiedAt: day(2) })] },
    ];
    const inOrder = newConnection();
    await save(get(), inOrder, ...pages);
    const expected = await world(get(), inOrder);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...pages], { minLength: pages.length }),
        async (order) => {
          const c = newConnection();
          await save(get(), c, ...order, ...order.slice(0, 2));
          expect(await world(get(), c)).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });
}
