import { describe, expect, it } from 'vitest';
import { creditScoreOf } from '../../src/score/credit.ts';
import { signals, won } from './builders.ts';
import { policy } from './default-policy.ts';

const paid = (dueOn: string, paidOn: string | null) =>
  won('2011-08-01', 100_00, { dueOn, paidOn, id: `${dueOn}:${paidOn}` });

describe('credit', () => {
  it('is full for who paid all in time and returned nothing', () => {
    expect(creditScoreOf(signals([paid('2011-09-01', '2011-08-20')]), policy)?.score).toBe(100);
  });

  it('falls with late payment and refunds', () => {
    const late = creditScoreOf(
      signals([
        paid('2011-09-01', '2011-09-01'),
        paid('2011-09-01', '2011-10-31'),
        won('2011-10-01', -50_00),
      ]),
      policy,
    );
    // Half in time; 60 days over two dues; a quarter refunded.
    expect(late?.parts.map(({ points }) => points)).toEqual([25, 15, 15]);
    expect(late?.score).toBe(55);
  });

  it('is unknown, not bad, where no due date has passed, refunds or not', () => {
    expect(creditScoreOf(signals([won('2011-08-01', 1)]), policy)).toBeNull();
    expect(
      creditScoreOf(signals([paid('2011-12-31', null), won('2011-08-01', -1)]), policy),
    ).toBeNull();
  });

  it('has no refunds’ points left when nothing was bought for money', () => {
    const due = won('2011-08-01', 0, { dueOn: '2011-09-01', paidOn: '2011-09-01' });
    expect(creditScoreOf(signals([due, won('2011-10-01', -1)]), policy)?.score).toBe(80);
  });
});
