import { describe, expect, it } from 'vitest';
import { renderChanges } from '../../../src/cli/views/changes.ts';
import { renderPlan } from '../../../src/cli/views/plan.ts';
import type { PlanSummary } from '../../../src/domain/plan.ts';

const summary: PlanSummary = {
  customers: 4372,
  changes: 300,
  changesByPriority: { tier: 200, fact: 100 },
  changesByField: {},
  tierMoves: [
    { from: 'none', to: 'gold', customers: 150, netMinor: 1_234_567 },
    { from: 'gold', to: 'platinum', customers: 50, netMinor: 9_000_000 },
    { from: 'gold', to: 'gold', customers: 1000, netMinor: 1 },
  ],
  lists: [{ key: 'best', name: 'Assay: best', members: 10, add: 50, remove: 2 }],
  cost: { calls: 4, spends: 4, unit: 'calls', quotaShare: 0.00001, days: null, route: null },
  warnings: ['List "Assay: old" was deleted by a human'],
};
const view = {
  id: 'r1',
  connection: 'main',
  asOf: '2011-12-10',
  currency: 'GBP',
  tiers: ['platinum', 'gold'],
};

describe('a plan on paper', () => {
  const text = renderPlan({ ...view, summary });

  it('shows who moves between tiers, highest first', () => {
    expect(text).toContain(
      ['        platinum   gold', '  gold        50  1,000', '  none         ·    150'].join('\n'),
    );
  });

  it('shows what revenue was that is gone', () => {
    const gone = { from: 'gold', to: 'none', customers: 9, netMinor: 0, heldMinor: 9_999_999 };
    const lost = renderPlan({ ...view, summary: { ...summary, tierMoves: [gone] } });
    expect(lost).toContain('Revenue that moves: £0.00 (was £99,999.99) of 9 customers');
    expect(lost).toMatch(/gold → none +9 customers +£0\.00 \(was £99,999\.99\)/);
  });

  it('shows the revenue that moves, the largest first, without those who stay', () => {
    expect(text).toContain('Revenue that moves: £102,345.67 of 200 customers');
    expect(text).toMatch(/gold → platinum\s+50 customers\s+£90,000\.00\n\s+none → gold/);
    expect(text).not.toContain('gold → gold');
  });

  it('shows priorities, lists, cost and warnings', () => {
    expect(text).toMatch(/tier\s+200\n\s+fact\s+100/);
    expect(text).toMatch(/Assay: best\s+\+50\s+−2\s+10 now/);
    expect(text).toContain('Writing it costs 4 calls, <0.1% of the account’s calls of the day');
    expect(text).toContain('! List "Assay: old" was deleted by a human');
  });

  it('is short when nothing changes', () => {
    const nothing: PlanSummary = {
      customers: 10,
      changes: 0,
      changesByPriority: {},
      changesByField: {},
      tierMoves: [],
      lists: [],
      cost: { calls: 0, spends: 0, unit: 'calls', quotaShare: null, days: null, route: null },
      warnings: [],
    };
    expect(renderPlan({ ...view, summary: nothing })).toBe(
      'Plan r1 of main, as of 2011-12-10: 0 of 10 customers compared change\n\nWriting it costs no call',
    );
  });
});

it('changes show old and new value, and how many more there are', async () => {
  const change = {
    seq: 0,
    customerId: '1001',
    externalId: '17850',
    priority: 'tier' as const,
    fields: [
      { key: 'value_tier' as const, from: null, to: 'gold' },
      { key: 'value_score' as const, from: '12', to: '80' },
    ],
  };
  expect(await textOf(renderChanges(pagesOf([change]), 3))).toBe(
    [
      '',
      'Changes, in the order of writing',
      '  1001 (17850)  value_tier   empty → gold',
      '                value_score  12 → 80',
      '  and 2 changes more; --changes <n> shows more',
      '',
    ].join('\n'),
  );
  expect(await textOf(renderChanges(pagesOf(), 0))).toBe('');
});

async function* pagesOf<T>(...pages: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  for (const page of pages) yield page;
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}
