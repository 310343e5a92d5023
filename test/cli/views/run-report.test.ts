import { describe, expect, it } from 'vitest';
import { renderRunReport } from '../../../src/cli/views/run-report.ts';
import type { RunReport } from '../../../src/run/report.ts';

const receipts = {
  applied: 98,
  unchanged: 1,
  rejected: 2,
  open: 3,
  memberships: { applied: 5, unchanged: 0, rejected: 0, open: 0 },
};

const report: RunReport = {
  runId: 'r1',
  connection: 'main',
  crm: 'hubspot',
  asOf: '2011-12-10',
  outcome: 'checkpoint',
  stopped: { code: 'QUOTA_SPENT', message: 'Our share is used up', todo: 'Nothing: wait.' },
  ...{ leftover: null, stale: null, waitingFor: null, refusedAs: null },
  pull: {
    mode: 'full',
    reason: 'the first pull',
    resumed: true,
    pages: 303,
    customersChanged: 4372,
    dealsChanged: 25_900,
    removed: 0,
    stale: 0,
    counts: {
      customers: 4372,
      deals: 25_900,
      wonDeals: 25_000,
      dirty: 0,
      problems: { 'customer-missing': 3710, 'amount-missing': 0 },
      wonMinor: 1,
      unattributedMinor: 0,
    },
  },
  score: null,
  plan: null,
  apply: {
    planId: 'p1',
    resumed: false,
    receipts,
    rejections: [{ customerId: '1001', code: 'NOT_FOUND', message: 'it is gone' }],
    warnings: ['The list "A" was deleted'],
  },
  calls: { read: 303, write: 4, total: 307, spent: 307, tooMany: 0 },
  quota: { unit: 'calls', limit: 625_000, used: 400, ours: { budget: 312_500, used: 400 } },
};

describe('a run on paper', () => {
  const text = renderRunReport(report);

  it('says how it ended and why it stopped', () => {
    expect(text).toMatch(/^Run r1 of main \(hubspot\), as of 2011-12-10: ended at its checkpoint/);
    expect(text).toContain('✗ Our share is used up\n  → Nothing: wait.\n  QUOTA_SPENT, see docs/');
  });

  it('counts what was read, with the deals to look at', () => {
    expect(text).toContain('full, resumed: the first pull');
    expect(text).toContain('4,372 customers and 25,900 deals changed, 0 removed');
    expect(text).toContain('won deals to look at: customer-missing 3,710');
    expect(text).not.toContain('amount-missing');
  });

  it('counts what was written, and shows the first rejections', () => {
    expect(text).toContain('98 applied, 1 unchanged, 2 rejected, 3 left for the next run');
    expect(text).toMatch(/✗ 1001 {2}NOT_FOUND {2}it is gone\n {2}and 1 rejection more/);
    expect(text).toContain('! The list "A" was deleted');
    expect(text).toContain('307 calls (303 reading, 4 writing), <0.1% of the account’s calls');
  });

  const score: NonNullable<RunReport['score']> = {
    scope: 'base',
    reason: 'everybody was asked for',
    identity: null,
    scored: 4372,
    due: { happened: 0, byTime: 0 },
    optedOut: 1,
    outOfScope: { excluded: 0, silent: 0 },
    cutPointsFound: true,
    problems: { 'date-in-future': 2 },
    forecast: {
      model: 'bgnbd',
      basis: 'likelihood',
      frequencySpendCorrelation: 0.41,
      warnings: [{ code: 'x', text: 'frequency and spend go together' }],
    },
    keyAccounts: { fromMinor: 1, customers: 1100, shareOfCustomers: 0.26, shareOfNet: 0.8 },
    quality: {
      customers: 4371,
      optedOut: 1,
      complete: 100,
      withProblems: 10,
      completeness: 0.4,
      recordProblems: {},
      dealProblems: {},
      scoreable: 4300,
      birthdaysUnknown: 0,
      unattributed: {},
      unattributedShare: 0.02,
      gate: { needed: 0.5, passed: false },
    },
    tiers: { gold: 7 },
    hash: 'h',
  };

  it('says what a scored base is like', () => {
    const base = renderRunReport({ ...report, score });
    expect(base).toContain('4,372 customers: everybody was asked for');
    expect(base).toContain('1 customer left out at their wish, fields cleared');
    expect(base).toContain('1,100 key accounts (26%) hold 80% of sales');
    expect(base).toContain('! forecast: frequency and spend go together');
    expect(base).toContain('! data: only 40% of the required fields are filled');
    expect(base).toContain('2% of won revenue reaches no customer');
    const { quality } = score;
    const good = quality && {
      ...quality,
      unattributedShare: 0,
      gate: { needed: 0.4, passed: true },
    };
    const quiet = { ...score, optedOut: 0, keyAccounts: null, forecast: null, quality: good };
    const text = renderRunReport({ ...report, score: quiet });
    for (const word of ['wish', 'key account', 'forecast', 'data:', 'reaches no'])
      expect(text).not.toContain(word);
  });

  it('says why those who were scored alone were', () => {
    const due = { happened: 12, byTime: 3 };
    const text = renderRunReport({ ...report, score: { ...score, scope: 'due', due } });
    expect(text).toContain('12 because something happened, 3 because their day had come');
    expect(text).not.toContain('key account');
  });
});
