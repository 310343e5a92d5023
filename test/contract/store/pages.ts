import { describe, expect, it } from 'vitest';
import {
  aCustomer,
  aDeal,
  aPage,
  aPull,
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

/** What a page does to customers, deals and dirty marks. */
export function describePages(get: GetStore): void {
  describe('a page', () => {
    it('gives back what it was given', async () => {
      const c = newConnection();
      const customer = aCustomer('1', {
        held: { value_tier: 'gold' },
        ...{ eventsInvited: 3, phone: '+44 20 7946 0958', feedback: 0, optedOut: true },
        attributes: { trade: 'Kites', city: '上海' },
      });
      const deal = aDeal('d', ['1'], {
        ...{ dueOn: '2026-02-01', problems: ['amount-missing'], products: ['a', '风筝'] },
        discount: { minor: 0, currency: 'EUR' },
      });
      await save(get(), c, { customers: [customer], deals: [deal] });
      expect(await world(get(), c)).toEqual([{ customer, deals: [deal] }]);
    });

    it('keeps negative and the largest amounts exactly', async () => {
      const c = newConnection();
      const deals = [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 0].map((minor, at) =>
        aDeal(`d${at}`, ['1'], { homeAmount: { minor, currency: 'JPY' } }),
      );
      await save(get(), c, { customers: [aCustomer('1')], deals });
      expect(await dealsOf(get(), c, '1')).toEqual(deals);
    });

    it('keeps what CRMs put into text, but for what a database cannot hold', async () => {
      const c = newConnection();
      const names = [
        '名字 🎉 "quoted" \\u0000 \\',
        "Robert'); drop table customers;--",
        '\u0000a\ud800b',
      ];
      const customers = names.map((name, at) => aCustomer(String(at), { name }));
      await save(get(), c, { customers });
      const stored = (await world(get(), c)).map(({ customer }) => customer.name);
      expect(stored).toEqual([names[0], names[1], 'ab']);
    });

    it('saved twice changes nothing', async () => {
      const c = newConnection();
      const page = { customers: [aCustomer('1')], deals: [aDeal('d', ['1'])] };
      expect(await save(get(), c, page)).toEqual({
        customersChanged: 1,
        dealsChanged: 1,
        stale: 0,
      });
      await clean(get(), c);
      expect(await save(get(), c, page)).toEqual({
        customersChanged: 0,
        dealsChanged: 0,
        stale: 0,
      });
      expect(await dirtyIds(get(), c)).toEqual([]);
    });

    it('ignores rows older than what is stored, and counts them', async () => {
      const c = newConnection();
      const news = {
        customers: [aCustomer('1', { modifiedAt: day(5) })],
        deals: [aDeal('d', ['1'], { modifiedAt: day(5) })],
      };
      const olds = {
        customers: [aCustomer('1', { name: 'old', modifiedAt: day(4) })],
        deals: [aDeal('d', [], { modifiedAt: day(4) })],
      };
      const effect = await save(get(), c, news, olds);
      expect(effect).toEqual({ customersChanged: 0, dealsChanged: 0, stale: 2 });
      expect(await world(get(), c)).toEqual([{ customer: news.customers[0], deals: news.deals }]);
    });

    it('may name a record twice: the newest counts', async () => {
      const c = newConnection();
      const newer = aCustomer('1', { name: 'newer', modifiedAt: day(3) });
      await save(get(), c, { customers: [newer, aCustomer('1')] });
      expect((await world(get(), c))[0]?.customer).toEqual(newer);
    });

    it('of a connection leaves the same ids of another alone', async () => {
      const [a, b] = [newConnection(), newConnection()];
      await save(get(), a, { customers: [aCustomer('1')], deals: [aDeal('d', ['1'])] });
      await save(get(), b, { customers: [aCustomer('1')] });
      expect(await dealsOf(get(), b, '1')).toEqual([]);
      expect((await get().records.counts(b)).deals).toBe(0);
    });

    it('is stored with its checkpoint or not at all', async () => {
      const c = newConnection();
      const store = get();
      await store.pulls.begin(c, aPull({ tasks: [aTask('t', { cursor: 'before' })] }));
      const bad = aCustomer('2', { modifiedAt: 'no time at all' });
      const page = aPage({
        customers: [aCustomer('1')],
        taskKey: 't',
        next: aTask('t', { cursor: 'after' }),
      });
      await expect(
        store.pulls.savePage(c, {
          ...page,
          deals: [aDeal('d', null, { closedOn: bad.modifiedAt })],
        }),
      ).rejects.toThrow();
      expect(await world(store, c)).toEqual([]);
      expect((await store.pulls.open(c))?.tasks).toEqual([aTask('t', { cursor: 'before' })]);
    });

    it('pages saved at once, overlapping in any way, all arrive', async () => {
      const c = newConnection();
      const pages = Array.from({ length: 16 }, (_, at) => {
        const ids = Array.from({ length: 12 }, (_, k) => String((at * 5 + k * 7) % 40));
        const customers = ids.map((id) => aCustomer(id));
        return aPage({ customers, deals: ids.map((id) => aDeal(`d${id}`, [id, ids[0] ?? id])) });
      });
      await Promise.all(pages.map((page) => get().pulls.savePage(c, page)));
      expect(await get().records.counts(c)).toMatchObject({ customers: 40, deals: 40, dirty: 40 });
    });
  });

  describe('a customer is dirty', () => {
    const start = {
      customers: ['1', '2', '3'].map((id) => aCustomer(id)),
      deals: [aDeal('d', ['1', '2'])],
    };
    const dirtyAfter = async (page: Parameters<typeof save>[2]) => {
      const c = newConnection();
      await save(get(), c, start);
      await clean(get(), c);
      await save(get(), c, page ?? {});
      return dirtyIds(get(), c);
    };

    it('when it is seen first', async () => {
      expect(await dirtyAfter({ customers: [aCustomer('4')] })).toEqual(['4']);
    });

    it('when a mapped field changed, not when only the modified time did', async () => {
      expect(
        await dirtyAfter({ customers: [aCustomer('1', { country: 'FR', modifiedAt: day(2) })] }),
      ).toEqual(['1']);
      expect(await dirtyAfter({ customers: [aCustomer('1', { modifiedAt: day(2) })] })).toEqual([]);
      for (const change of [
        { phone: '+49 30 1234567' },
        { feedback: 1 },
        { attributes: { trade: 'Kites' } },
        { optedOut: true },
      ])
        expect(
          await dirtyAfter({ customers: [aCustomer('1', { ...change, modifiedAt: day(2) })] }),
        ).toEqual(['1']);
    });

    it('when what one of its deals held or was reduced by changed', async () => {
      const products = ['Kites'];
      const discount = { minor: 100, currency: 'EUR' };
      for (const change of [{ products }, { discount }])
        expect(
          await dirtyAfter({ deals: [aDeal('d', null, { ...change, modifiedAt: day(2) })] }),
        ).toEqual(['1', '2']);
    });

    it('when a human changed a field of ours', async () => {
      const held = { value_tier: 'platinum' };
      expect(
        await dirtyAfter({ customers: [aCustomer('1', { held, modifiedAt: day(2) })] }),
      ).toEqual(['1']);
      expect(await dirtyAfter({ customers: [aCustomer('1', { held: { reason: null } })] })).toEqual(
        [],
      );
    });

    it('when one of its deals changed, with all who share it', async () => {
      const status = 'lost' as const;
      expect(
        await dirtyAfter({ deals: [aDeal('d', null, { status, modifiedAt: day(2) })] }),
      ).toEqual(['1', '2']);
    });

    it('when it lost a deal or gained one', async () => {
      expect(await dirtyAfter({ deals: [aDeal('d', ['3'], { modifiedAt: day(2) })] })).toEqual([
        '1',
        '2',
        '3',
      ]);
      expect(await dirtyAfter({ deals: [aDeal('d', ['2', '1'])] })).toEqual(['1', '2']);
      expect(await dirtyAfter({ deals: [aDeal('e', ['3'])] })).toEqual(['3']);
    });

    it('when somebody it shares a deal with went', async () => {
      expect(
        await dirtyAfter({ removals: [{ object: 'customers', id: '2', kind: 'archived' }] }),
      ).toEqual(['1']);
    });
  });

  describe('the customers of a deal', () => {
    it('stay when a later page does not say', async () => {
      const c = newConnection();
      await save(
        get(),
        c,
        { customers: [aCustomer('1')], deals: [aDeal('d', ['1'])] },
        { deals: [aDeal('d', null, { modifiedAt: day(2) })] },
      );
      expect(await dealsOf(get(), c, '1')).toEqual([aDeal('d', ['1'], { modifiedAt: day(2) })]);
    });

    it('may be pulled after it', async () => {
      const c = newConnection();
      await save(get(), c, { deals: [aDeal('d', ['1', '2'])] }, { customers: [aCustomer('1')] });
      expect((await dealsOf(get(), c, '1'))?.[0]?.customers).toEqual([{ id: '1', primary: true }]);
      await clean(get(), c);
      await save(get(), c, { customers: [aCustomer('2')] });
      expect(await dirtyIds(get(), c)).toEqual(['1', '2']);
      expect((await dealsOf(get(), c, '1'))?.[0]?.customers).toHaveLength(2);
    });

    it('may be three hundred, and are all there', async () => {
      const c = newConnection();
      const ids = Array.from({ length: 300 }, (_, at) => String(1000 + at));
      await save(get(), c, { customers: ids.map((id) => aCustomer(id)), deals: [aDeal('d', ids)] });
      expect((await dealsOf(get(), c, '1299'))?.[0]?.customers?.map(({ id }) => id)).toEqual(ids);
    });
  });
}
