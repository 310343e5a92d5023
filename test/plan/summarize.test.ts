import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { desiredFields } from '../../src/plan/desired-fields.ts';
import { changeOf } from '../../src/plan/plan-customer.ts';
import { membershipChangesOf } from '../../src/plan/plan-lists.ts';
import type { ScoredCustomer } from '../../src/plan/scored-customer.ts';
import { PlanSummarizer, type SummaryFrame } from '../../src/plan/summarize.ts';
import { listSpecs } from '../../src/policy/lists.ts';
import { deal, won } from '../score/builders.ts';
import { policy } from '../score/default-policy.ts';
import { someHistory } from '../score/forward/some-customer.ts';
import { scored as scoredOf, scoreOf } from '../score/score-of.ts';

const lists = listSpecs(policy);
const frame: SummaryFrame = {
  lists,
  sizes: { best: 7 },
  tiers: policy.tiers.classes.map(({ key }) => key),
  route: (changes) => {
    const calls = Math.ceil(changes / 100);
    return { batch: 100, parallel: 1, calls, spends: 10 * calls, reason: 'by hundreds' };
  },
  membershipsPerCall: 2,
  membershipCallSpends: 1,
  quota: { unit: 'credits', limit: 1000, ours: { budget: 50 } },
};
const buyer = scoreOf([won('2011-11-01', 120_00)]);

function summaryOf(scored: readonly ScoredCustomer[], given: Partial<SummaryFrame> = {}) {
  const summarizer = new PlanSummarizer({ ...frame, ...given });
  for (const one of scored)
    summarizer.add(one, changeOf(one, policy), membershipChangesOf(one, lists, policy));
  return summarizer.build();
}

/** A customer whose tier rises from what is held to what is scored. */
function moving(from: string | null, to: string): ScoredCustomer {
  return { score: { ...buyer, tier: to }, held: { value_tier: from }, lists: [] };
}

describe('the summary of a plan', () => {
  it('counts tier moves with their money, those who stay too', () => {
    const { tierMoves } = summaryOf([
      moving('silver', 'gold'),
      moving('silver', 'gold'),
      moving(null, 'gold'),
      moving('gold', 'gold'),
      moving('gold', 'bronze'),
    ]);
    expect(tierMoves).toEqual([
      { from: 'silver', to: 'gold', customers: 2, netMinor: 240_00 },
      { from: 'gold', to: 'bronze', customers: 1, netMinor: 120_00 },
      { from: 'gold', to: 'gold', customers: 1, netMinor: 120_00 },
      { from: 'none', to: 'gold', customers: 1, netMinor: 120_00 },
    ]);
  });

  it('tells what the CRM holds of those whose revenue is gone, or another; and names them first', () => {
    const nobody = { ...scoreOf([]), customerId: '1', tier: null };
    const vanished = (net_amount: string, customerId: string): ScoredCustomer => ({
      ...{ score: { ...nobody, customerId }, held: { value_tier: 'gold', net_amount }, lists: [] },
    });
    const summarizer = new PlanSummarizer(frame);
    for (const one of [vanished('150.5', '1'), vanished('nothing', '2'), vanished('2000', '3')])
      summarizer.add(one, null, []);
    summarizer.add(moving('silver', 'platinum'), null, []);
    expect(summarizer.build().tierMoves).toEqual([
      { from: 'gold', to: 'none', customers: 3, netMinor: 0, heldMinor: 2_150_50 },
      { from: 'silver', to: 'platinum', customers: 1, netMinor: 120_00 },
    ]);
    expect(summarizer.topMoves(policy, 'en')).toMatchObject([
      { customerId: '3', netMinor: 0, heldMinor: 2_000_00 },
      { customerId: '1', netMinor: 0, heldMinor: 150_50 },
      { netMinor: 120_00 },
      { customerId: '2', netMinor: 0 },
    ]);
  });

  it('counts changes by priority and steps by list', () => {
    const same = { ...desiredFields(buyer, policy) };
    const summary = summaryOf([
      moving('silver', 'platinum'),
      { score: buyer, held: { ...same, orders: '9' }, lists: ['best'] },
      { score: buyer, held: { ...same, rfm: '555' }, lists: [] },
      { score: buyer, held: same, lists: [] },
    ]);
    expect(summary).toMatchObject({
      customers: 4,
      changes: 3,
      changesByPriority: { tier: 1, score: 1, fact: 1 },
      lists: [
        { key: 'platinum', name: 'Assay: Platinum customers', members: 0, add: 1, remove: 0 },
        { key: 'best', name: 'Assay: Best customers', members: 7, add: 1, remove: 1 },
        { key: 'leaving', members: 0, add: 0, remove: 0 },
      ],
    });
  });

  it('estimates calls: full batches of changes, and of memberships for each list', () => {
    const many = Array.from({ length: 201 }, () => moving(null, 'gold'));
    expect(summaryOf(many).cost).toEqual({
      ...{ calls: 3 + 101, spends: 30 + 101, unit: 'credits' },
      ...{ quotaShare: 0.131, days: 3, route: 'by hundreds' },
    });
    const roomy = { ...frame.quota, ours: { budget: 131 } };
    expect(summaryOf(many, { quota: roomy }).cost.days).toBeNull();
    for (const limit of [null, 0])
      expect(summaryOf(many, { quota: { ...frame.quota, limit } }).cost.quotaShare).toBeNull();
  });

  it('names of those who move with the same revenue who moves furthest', () => {
    const summarizer = new PlanSummarizer(frame);
    const lost = (customerId: string, from: string): ScoredCustomer => ({
      ...{
        score: { ...scoreOf([]), customerId, tier: null },
        held: { value_tier: from },
        lists: [],
      },
    });
    for (const one of [lost('1', 'bronze'), lost('2', 'platinum'), lost('3', 'gold')])
      summarizer.add(one, null, []);
    const named = summarizer.topMoves(policy, 'en').map(({ customerId }) => customerId);
    expect(named).toEqual(['2', '3', '1']);
  });

  it('warns of what a person should know before writing', () => {
    const scored = (...deals: Parameters<typeof scoreOf>[0]) => ({
      score: scoreOf(deals),
      held: {},
      lists: [],
    });
    const summarizer = new PlanSummarizer(frame);
    for (const one of [
      scored(deal({ amount: null, homeAmount: null })),
      scored(won('2011-11-01', 5_00), deal({ closedOn: null })),
      scored(won('2011-11-01', 5_00), won('2011-11-01', -9_00)),
      { score: { ...buyer, tier: null }, held: {}, lists: [] },
    ])
      summarizer.add(one, null, []);
    summarizer.warn('A list was deleted by hand');
    expect(summarizer.build().warnings).toEqual([
      'A list was deleted by hand',
      '2 customers with a won deal that could not be counted',
      '1 customer with too little known for a tier',
      '1 customer with more refunds than purchases in the window',
      'Credit: unknown for all 3 buyers compared; its weight went to the other parts',
      'Events: unknown for all 3 buyers compared; its weight went to the other parts',
    ]);
  });

  it('is empty for an unchanged world', () => {
    fc.assert(
      fc.property(fc.array(someHistory, { maxLength: 20 }), (base) => {
        const world = base.map((of) => {
          const score = scoredOf(of);
          const { tier } = score;
          const on = lists.filter(({ values }) => tier !== null && values.includes(tier));
          return { score, held: desiredFields(score, policy), lists: on.map(({ key }) => key) };
        });
        expect(summaryOf(world)).toMatchObject({
          customers: base.length,
          changes: 0,
          cost: { calls: 0, spends: 0, quotaShare: 0 },
        });
        expect(summaryOf(world).lists.every(({ add, remove }) => add + remove === 0)).toBe(true);
        expect(summaryOf(world).tierMoves.every(({ from, to }) => from === to)).toBe(true);
      }),
    );
  });
});
