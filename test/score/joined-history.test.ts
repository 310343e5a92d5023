import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deal } from '../../src/domain/deal.ts';
import { historyOf } from '../../src/score/history.ts';
import { joinedHistory, type MemberRecord } from '../../src/score/joined-history.ts';
import { deals } from './arbitraries.ts';
import { customer, input, won } from './builders.ts';
import { policy } from './default-policy.ts';

const { deals: _deals, customer: _customer, isDuplicateCandidate: _is, ...world } = input();

function member(id: string, given: Partial<MemberRecord> = {}): MemberRecord {
  return {
    customer: { ...customer, id },
    deals: [],
    isDuplicateCandidate: false,
    attribution: 'split',
    timeZone: 'Europe/London',
    ...given,
  };
}

function joined(members: readonly MemberRecord[], id = 'c1') {
  return joinedHistory(world, id, members);
}

/** Deals of whoever is the only customer, each with a number of its own. */
const numbered = deals.map((given) =>
  given.map((one, at) => ({
    ...one,
    ...{ id: `d${at}`, reference: `R${at}`, customers: [{ id: 'c1', primary: true }] },
  })),
);

function of(id: string, given: readonly Deal[]): readonly Deal[] {
  return given.map((one) => ({
    ...one,
    id: `${id}-${one.id}`,
    customers: [{ id, primary: true }],
  }));
}

describe('a customer whom several CRMs know', () => {
  it('has the orders of all of them, however they are parted', () => {
    fc.assert(
      fc.property(numbered, fc.infiniteStream(fc.boolean()), (given, coin) => {
        const first = given.filter(() => coin.next().value === true);
        const second = given.filter((one) => !first.includes(one));
        const one = historyOf(input({ deals: given }));
        const two = joined([
          member('c1', { deals: of('c1', first) }),
          member('x', { deals: of('x', second) }),
        ]);
        expect(two.sales).toEqual(one.sales);
        expect(two.problems).toEqual(one.problems);
      }),
    );
  });

  it('has an order once that several know, and nothing changes with it', () => {
    fc.assert(
      fc.property(numbered, fc.infiniteStream(fc.boolean()), (given, coin) => {
        const known = given.filter(() => coin.next().value === true);
        const one = joined([member('c1', { deals: of('c1', given) }), member('x')]);
        const two = joined([
          member('c1', { deals: of('c1', given) }),
          member('x', { deals: of('x', known) }),
        ]);
        expect(two).toEqual(one);
      }),
    );
  });

  it('has the same history whichever record is asked for', () => {
    fc.assert(
      fc.property(numbered, numbered, fc.boolean(), (mine, theirs, isDuplicateCandidate) => {
        const members = [
          member('c1', { deals: of('c1', mine), isDuplicateCandidate }),
          member('x', { deals: of('x', theirs), timeZone: 'Asia/Tokyo' }),
        ];
        const { customerId: _one, ...first } = joined(members, 'c1');
        const { customerId, ...second } = joined(members, 'x');
        expect(customerId).toBe('x');
        expect(second).toEqual(first);
      }),
    );
  });

  it('has the first one’s order where two say different things of one number', () => {
    const mine = [
      won('2011-11-01', 100, { reference: 'R1', customers: [{ id: 'c1', primary: true }] }),
    ];
    const theirs = [
      won('2011-11-01', 150, { reference: 'R1', customers: [{ id: 'x', primary: true }] }),
      won('2011-11-02', 100, { reference: 'R2', customers: [{ id: 'x', primary: true }] }),
    ];
    const { sales, problems } = joined([
      member('c1', { deals: mine }),
      member('x', { deals: theirs }),
    ]);
    expect(sales.map(({ reference, minor }) => [reference, minor])).toEqual([
      ['R1', 100],
      ['R2', 100],
    ]);
    expect(problems).toEqual({ 'order-conflict': 1 });
  });

  it('has each field from the first record that fills it, and the earliest day of creation', () => {
    const history = joined([
      member('c1', {
        customer: {
          ...{ ...customer, birthday: '1980-05-01', attributes: { industry: 'retail' } },
          createdAt: '2011-06-01T12:00:00.000Z',
        },
      }),
      member('x', {
        customer: {
          ...{ ...customer, id: 'x', country: 'GB', birthday: '1990-07-01', feedback: 2 },
          ...{ attributes: { industry: 'food', size: 'small' }, eventsInvited: 3 },
          createdAt: '2011-05-31T23:30:00.000Z',
        },
        timeZone: 'Asia/Tokyo',
      }),
    ]);
    expect(history).toMatchObject({
      ...{ birthMonth: 5, feedback: 2, eventsInvited: 3, eventsAttended: null },
      attributes: { country: 'GB', industry: 'retail', size: 'small' },
      createdOn: '2011-06-01',
    });
  });

  it('is left out when any record asks for it', () => {
    const asks = member('x', { customer: { ...customer, id: 'x', optedOut: true } });
    const deals = [won('2011-11-01', 100)];
    expect(joined([member('c1', { deals }), asks])).toMatchObject({
      ...{ customerId: 'c1', optedOut: true, sales: [] },
    });
  });

  it('is named by the policy under any of its names', () => {
    const rule = { floor: 'gold', importance: null, why: 'founder', by: 'A', until: null };
    const named = [{ customer: 'K-7', ...rule }];
    const other = member('x', { customer: { ...customer, id: 'x', externalId: 'K-7' } });
    const of = { ...world, policy: { ...policy, named } };
    expect(joinedHistory(of, 'c1', [member('c1'), other]).named).toEqual(rule);
  });
});
