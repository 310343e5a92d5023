import { describe, expect, it } from 'vitest';
import type { NamedPage } from '../../../src/store/pull-store.ts';
import {
  aCustomer,
  aDeal,
  aPull,
  archived,
  aTask,
  clean,
  day,
  dealsOf,
  dirtyIds,
  type GetStore,
  newConnection,
  save,
  world,
} from './fixtures.ts';

/** Records read by name, beside whatever pull is open. */
export function describeNamed(get: GetStore): void {
  const saveNamed = async (c: string, page: Partial<NamedPage>, mark?: number) =>
    get().pulls.saveNamed(c, {
      ...{ customers: [], deals: [], removals: [], mark: mark ?? (await get().pulls.mark(c)) },
      ...page,
    });
  const ids = async (c: string) => (await world(get(), c)).map(({ customer }) => customer.id);

  describe('records read by name', () => {
    it('are stored as a page’s, and tell whom they concern: a deal’s old and new customers', async () => {
      const c = newConnection();
      const customers = ['1', '2', '3'].map((id) => aCustomer(id));
      await save(get(), c, { customers, deals: [aDeal('d', ['1'])] });
      await clean(get(), c);
      const deals = [aDeal('d', ['2'], { modifiedAt: day(5) })];
      expect(await saveNamed(c, { customers: [aCustomer('3')], deals })).toEqual({
        ...{ customersChanged: 0, dealsChanged: 1, stale: 0, touched: ['1', '2'] },
      });
      expect(await dirtyIds(get(), c)).toEqual(['1', '2']);
      expect(await dealsOf(get(), c, '1')).toEqual([]);
      expect(await saveNamed(c, { deals })).toMatchObject({ dealsChanged: 0, touched: [] });
    });

    it('that are older than what is stored change nothing', async () => {
      const c = newConnection();
      await save(get(), c, { customers: [aCustomer('1', { modifiedAt: day(9), name: 'New' })] });
      await clean(get(), c);
      const old = aCustomer('1', { modifiedAt: day(8), name: 'Old' });
      expect(await saveNamed(c, { customers: [old] })).toMatchObject({ stale: 1, touched: [] });
      expect((await world(get(), c))[0]?.customer.name).toBe('New');
    });

    it('that are gone go with what hangs on them', async () => {
      const c = newConnection();
      const customers = ['1', '2'].map((id) => aCustomer(id));
      await save(get(), c, { customers, deals: [aDeal('d', ['1', '2'])] });
      await clean(get(), c);
      const effect = await saveNamed(c, { removals: [archived('customers', '1')] });
      expect(effect.touched).toContain('2');
      expect(await ids(c)).toEqual(['2']);
    });

    it('leave the open pull’s tasks and the watermark as they are', async () => {
      const c = newConnection();
      const pull = aPull({ tasks: [aTask('a', { cursor: 'far' })] });
      await get().pulls.begin(c, pull);
      await saveNamed(c, { customers: [aCustomer('1')] });
      expect(await get().pulls.open(c)).toEqual(pull);
      expect(await get().pulls.watermark(c)).toBeNull();
    });

    it('during a complete listing count as named by it', async () => {
      const c = newConnection();
      await save(get(), c, { customers: ['1', '2'].map((id) => aCustomer(id)) });
      await get().pulls.begin(c, aPull({ complete: ['customers'] }));
      await saveNamed(c, { customers: [aCustomer('1')] });
      expect(await get().pulls.finish(c)).toEqual({ removed: 1 });
      expect(await ids(c)).toEqual(['1']);
    });

    it('before a complete listing began must be named by it, however late they are stored', async () => {
      const c = newConnection();
      await save(get(), c, { customers: [aCustomer('1')] });
      const before = await get().pulls.mark(c);
      await get().pulls.begin(c, aPull({ complete: ['customers'] }));
      expect(await get().pulls.mark(c)).toBeGreaterThan(before);
      const customers = [aCustomer('1'), aCustomer('2')];
      await saveNamed(c, { customers }, before);
      expect(await get().pulls.finish(c)).toEqual({ removed: 2 });
    });
  });
}
