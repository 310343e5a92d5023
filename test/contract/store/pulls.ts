import { describe, expect, it } from 'vitest';
import {
  aCustomer,
  aDeal,
  aPull,
  aTask,
  clean,
  dealsOf,
  dirtyIds,
  type GetStore,
  newConnection,
  save,
  world,
} from './fixtures.ts';

/** Pulls: tasks, checkpoints, watermarks, complete listings. */
export function describePulls(get: GetStore): void {
  describe('a pull', () => {
    it('is open from its beginning until it is finished; only then the watermark moves', async () => {
      const c = newConnection();
      const pulls = get().pulls;
      const pull = aPull({ tasks: [aTask('a', { expected: 7 }), aTask('b', { object: 'deals' })] });
      expect(await pulls.open(c)).toBeNull();
      await pulls.begin(c, pull);
      expect(await pulls.open(c)).toEqual(pull);
      expect(await pulls.watermark(c)).toBeNull();
      await save(get(), c, { taskKey: 'a', next: null }, { taskKey: 'b', next: null });
      expect((await pulls.open(c))?.tasks).toEqual([]);
      await pulls.finish(c);
      expect(await pulls.open(c)).toBeNull();
      expect(await pulls.watermark(c)).toBe('w1');
    });

    it('goes on from the cursor of the last stored page, and with the tasks it spawned', async () => {
      const c = newConnection();
      await get().pulls.begin(c, aPull({ tasks: [aTask('a')] }));
      const next = aTask('a', { cursor: '{"after":"5"}' });
      await save(get(), c, { taskKey: 'a', next, spawned: [aTask('more')] });
      expect((await get().pulls.open(c))?.tasks).toEqual([next, aTask('more')]);
    });

    it('keeps the place of a task that is spawned again', async () => {
      const c = newConnection();
      await get().pulls.begin(c, aPull({ tasks: [aTask('a'), aTask('b', { cursor: 'far' })] }));
      await save(get(), c, { taskKey: 'a', next: aTask('a'), spawned: [aTask('b')] });
      expect((await get().pulls.open(c))?.tasks).toContainEqual(aTask('b', { cursor: 'far' }));
    });

    it('that is abandoned leaves records and watermark as they are', async () => {
      const c = newConnection();
      await get().pulls.begin(c, aPull());
      await get().pulls.finish(c);
      await get().pulls.begin(c, aPull({ watermark: 'w2', tasks: [aTask('a')] }));
      await save(get(), c, { customers: [aCustomer('1')], taskKey: 'a', next: aTask('a') });
      await get().pulls.abandon(c);
      expect(await get().pulls.open(c)).toBeNull();
      expect(await get().pulls.watermark(c)).toBe('w1');
      expect(await world(get(), c)).toHaveLength(1);
    });

    it('that was never begun cannot be finished', async () => {
      await expect(get().pulls.finish(newConnection())).rejects.toThrow('No pull');
    });
  });

  describe('a complete listing', () => {
    const listing = async (complete: readonly ('customers' | 'deals')[]) => {
      const c = newConnection();
      const customers = ['1', '2', '3'].map((id) => aCustomer(id));
      await save(get(), c, { customers, deals: [aDeal('d', ['1', '2']), aDeal('e', ['3'])] });
      await clean(get(), c);
      await get().pulls.begin(c, aPull({ complete }));
      await save(get(), c, {
        customers: [aCustomer('1'), aCustomer('3', { modifiedAt: '2025-01-01T00:00:00.000Z' })],
        deals: [aDeal('d', ['1', '2'])],
      });
      await save(get(), c, { customers: [aCustomer('4')] });
      return c;
    };

    it('removes what it did not name, old rows named included as named', async () => {
      const c = await listing(['customers', 'deals']);
      expect(await get().pulls.finish(c)).toEqual({ removed: 2 });
      expect((await world(get(), c)).map(({ customer }) => customer.id)).toEqual(['1', '3', '4']);
      expect(await dirtyIds(get(), c)).toEqual(['1', '3', '4']);
      expect(await dealsOf(get(), c, '3')).toEqual([]);
    });

    it('of one object leaves the other alone', async () => {
      const c = await listing(['deals']);
      expect(await get().pulls.finish(c)).toEqual({ removed: 1 });
      expect(await world(get(), c)).toHaveLength(4);
    });

    it('of nothing removes nothing', async () => {
      const c = await listing([]);
      expect(await get().pulls.finish(c)).toEqual({ removed: 0 });
    });
  });
}
