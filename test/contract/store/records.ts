import { describe, expect, it } from 'vitest';
import {
  aCustomer,
  aDeal,
  aScore,
  day,
  dealsOf,
  dirtyIds,
  type GetStore,
  newConnection,
  nothingCovered,
  save,
  world,
} from './fixtures.ts';

/** What scoring reads. */
export function describeRecords(get: GetStore): void {
  describe('the pages of customers', () => {
    it('come by id as text, and hold each once', async () => {
      const c = newConnection();
      const ids = ['10', '9', '100', 'b', 'B', 'a', '_', '2', 'é', '~'];
      await save(get(), c, { customers: ids.map((id) => aCustomer(id)) });
      const seen: string[] = [];
      for (let after: string | null = null; ; ) {
        const page = await get().records.page(c, { after, limit: 3, whom: 'dirty' });
        seen.push(...page.map(({ customer }) => customer.id));
        after = seen.at(-1) ?? null;
        if (page.length < 3) break;
      }
      expect(seen).toEqual([...ids].sort());
    });

    it('give deals by close time, then id, and those without a time last', async () => {
      const c = newConnection();
      const at = (closedAt: string | null) => ({ closedAt });
      const deals = [
        aDeal('b', ['1'], at('2026-01-02T00:00:00.000Z')),
        aDeal('x', ['1'], at(null)),
        aDeal('a', ['1'], at('2026-01-02T00:00:00.000Z')),
        aDeal('z', ['1'], at('1969-12-31T23:59:59.999Z')),
      ];
      await save(get(), c, { customers: [aCustomer('1')], deals });
      expect((await dealsOf(get(), c, '1'))?.map(({ id }) => id)).toEqual(['z', 'a', 'b', 'x']);
    });
  });

  it('the sum over customers, each deal split among its own, is what was won', async () => {
    const c = newConnection();
    const deals = [['1'], ['1', '2'], ['2', '3', '1'], ['9'], []].map((ids, at) =>
      aDeal(`d${at}`, ids, { homeAmount: { minor: 600 * (at + 1), currency: 'GBP' } }),
    );
    const lost = aDeal('lost', ['1'], { status: 'lost' });
    await save(get(), c, {
      customers: ['1', '2', '3'].map((id) => aCustomer(id)),
      deals: [...deals, lost],
    });
    const shares = (await world(get(), c)).flatMap((one) =>
      one.deals
        .filter(({ status }) => status === 'won')
        .map(({ homeAmount, customers }) => (homeAmount?.minor ?? 0) / (customers?.length ?? 1)),
    );
    const counts = await get().records.counts(c);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(
      counts.wonMinor - counts.unattributedMinor,
    );
    expect(counts).toEqual({
      customers: 3,
      deals: 6,
      wonDeals: 5,
      dirty: 3,
      problems: { 'customer-missing': 2 },
      wonMinor: 9000,
      unattributedMinor: 5400,
    });
  });

  it('won deals are counted by problem, others not', async () => {
    const c = newConnection();
    const problems = ['amount-missing', 'date-missing'] as const;
    await save(get(), c, {
      customers: [aCustomer('1')],
      deals: [
        aDeal('a', ['1'], { problems, homeAmount: null }),
        aDeal('b', ['1'], { problems: ['date-missing'] }),
        aDeal('c', ['1'], { problems, status: 'open' }),
      ],
    });
    const counts = await get().records.counts(c);
    expect(counts.problems).toEqual({ 'amount-missing': 1, 'date-missing': 2 });
    expect(counts.wonMinor).toBe(1000);
  });

  it('won revenue that reaches nobody is told by cause', async () => {
    const c = newConnection();
    await save(
      get(),
      c,
      {
        customers: ['1', '2'].map((id) => aCustomer(id)),
        deals: [
          aDeal('a', []),
          aDeal('b', ['2']),
          aDeal('c', ['9'], { homeAmount: null }),
          aDeal('d', ['1', '2', '9']),
          aDeal('e', [], { status: 'lost' }),
          aDeal('f', ['9', '2']),
        ],
      },
      { removals: [{ object: 'customers', id: '2', kind: 'archived' }] },
    );
    const causes = await get().records.unattributed(c);
    expect(causes).toEqual({
      'no-customer': { deals: 1, minor: 1000 },
      'customer-gone': { deals: 2, minor: 2000 },
      'customer-unknown': { deals: 1, minor: 0 },
    });
    const counts = await get().records.counts(c);
    const all = Object.values(causes).reduce((sum, { minor }) => sum + minor, 0);
    expect(counts.unattributedMinor).toBe(all);
  });

  it('a customer is found by record id, external id or e-mail, exactly', async () => {
    const c = newConnection();
    await save(get(), c, { customers: [aCustomer('1'), aCustomer('2', { externalId: '1' })] });
    const found = async (text: string) =>
      (await get().records.find(c, text)).map(({ customer }) => customer.id);
    expect(await found('1')).toEqual(['1', '2']);
    expect(await found('X1')).toEqual(['1']);
    expect(await found('2@example.com')).toEqual(['2']);
    expect(await found('2@Example.COM')).toEqual(['2']);
    expect(await found('x1')).toEqual([]);
  });

  it('what the CRM holds can be corrected', async () => {
    const c = newConnection();
    await save(get(), c, { customers: [aCustomer('1', { held: { reason: 'old' } })] });
    await get().records.saveHeld(
      c,
      new Map([
        ['1', { value_tier: 'gold', reason: null }],
        ['none', {}],
      ]),
    );
    expect((await world(get(), c))[0]?.customer.held).toEqual({ value_tier: 'gold' });
  });

  describe('referrals', () => {
    const customers = [
      aCustomer('1'),
      aCustomer('2', { referredBy: 'X1' }),
      aCustomer('3', { referredBy: '1' }),
      aCustomer('4', { referredBy: '1@example.com' }),
      aCustomer('5', { referredBy: '5' }),
      aCustomer('6', { referredBy: 'nobody' }),
      aCustomer('7', { externalId: '2', referredBy: '2' }),
      aCustomer('8', { referredBy: '2' }),
    ];

    it('count by referrer, whatever names it, self left out', async () => {
      const c = newConnection();
      const deals = [aDeal('d', ['2', '3']), aDeal('e', ['4'], { status: 'lost' })];
      await save(get(), c, { customers, deals });
      const found = await get().records.referrals(c);
      expect([...found].sort()).toEqual([
        ['1', { referred: 3, bought: 2 }],
        ['7', { referred: 1, bought: 0 }],
      ]);
    });

    it('follow a merge', async () => {
      const c = newConnection();
      await save(get(), c, { customers }, { customers: [aCustomer('9', { previousIds: ['1'] })] });
      expect((await get().records.referrals(c)).get('9')).toEqual({ referred: 1, bought: 0 });
    });

    /** Everybody's score as made with the referrals of the moment; nobody is dirty. */
    const scoreAll = async (c: string) => {
      const counts = await get().records.referrals(c);
      const scores = customers.map(({ id }) => {
        const { signals, ...score } = aScore(id);
        const { referred: referrals = 0, bought: referralsBought = 0 } = counts.get(id) ?? {};
        return { ...score, signals: { ...signals, referrals, referralsBought } };
      });
      await get().scores.save(c, 'r1', scores);
      await get().records.spreadDirty(c);
      expect(await dirtyIds(get(), c)).toEqual([]);
    };

    it('make the referrer dirty when the one it sent buys', async () => {
      const c = newConnection();
      await save(get(), c, { customers });
      await scoreAll(c);
      await save(get(), c, { deals: [aDeal('d', ['3'])] });
      await get().records.spreadDirty(c);
      expect(await dirtyIds(get(), c)).toEqual(['1', '3']);
    });

    it('make the former referrer dirty as well as the new one', async () => {
      const c = newConnection();
      await save(get(), c, { customers });
      await scoreAll(c);
      const moved = aCustomer('8', { referredBy: 'X1', modifiedAt: day(9) });
      await save(get(), c, { customers: [moved] });
      await get().records.spreadDirty(c);
      expect(await dirtyIds(get(), c)).toEqual(['1', '7', '8']);
    });

    it('of a circle count for nobody, and closing one makes all of it dirty', async () => {
      const c = newConnection();
      await save(get(), c, { customers });
      await scoreAll(c);
      // 3 was sent by 1; when 1 says that 3 sent it, neither counts. 2 and 4 still do.
      await save(get(), c, {
        customers: [aCustomer('1', { referredBy: '3', modifiedAt: day(9) })],
      });
      expect((await get().records.referrals(c)).get('1')).toEqual({ referred: 2, bought: 0 });
      expect((await get().records.referrals(c)).get('3')).toBeUndefined();
      await get().records.spreadDirty(c);
      expect(await dirtyIds(get(), c)).toEqual(['1']);
    });
  });

  it('coverage tells which facts are known for anybody', async () => {
    const c = newConnection();
    expect(await get().records.coverage(c)).toEqual(nothingCovered);
    await save(get(), c, {
      customers: [aCustomer('1', { eventsAttended: 0, birthday: null })],
      deals: [aDeal('d', ['1'])],
    });
    expect(await get().records.coverage(c)).toEqual({ ...nothingCovered, events: true });
    await save(get(), c, {
      customers: [aCustomer('2', { referredBy: 'X1' })],
      deals: [aDeal('e', ['1'], { dueOn: '2026-03-01', paidOn: '2026-03-02' })],
    });
    const known = { referrals: true, events: true, dues: true, birthdays: true };
    expect(await get().records.coverage(c)).toEqual({ ...nothingCovered, ...known });
    const discount = { minor: 0, currency: 'EUR' };
    const lost = { status: 'lost', discount, products: ['Kites'] } as const;
    await save(get(), c, {
      customers: [aCustomer('3', { feedback: 0 })],
      deals: [aDeal('f', ['1'], lost)],
    });
    const fed = { ...nothingCovered, ...known, feedback: true };
    expect(await get().records.coverage(c)).toEqual(fed);
    await save(get(), c, { deals: [aDeal('g', ['1'], { discount, products: ['Kites'] })] });
    expect(await get().records.coverage(c)).toEqual({ ...fed, discounts: true, products: true });
  });
}
