import { describe, expect, it } from 'vitest';
import { listingDoubts } from '../../../src/plan/guards/source-cut-short.ts';
import { usual } from './inputs.ts';

const whole = { stored: 1_000, missing: 0 };

function doubts(customers: number, deals = 0, brake = usual) {
  return listingDoubts(brake, {
    customers: { ...whole, missing: customers },
    deals: { ...whole, missing: deals },
  });
}

describe('a complete listing', () => {
  it('may leave out a tenth of what is stored, not one more', () => {
    expect(doubts(100, 100)).toEqual([]);
    expect(doubts(0, 101)).toEqual([
      {
        by: 'source-cut-short',
        because: 'The CRM did not list 101 of 1,000 stored deals (10.1 %); the limit is 10 %.',
      },
    ]);
    expect(doubts(101).map(({ by }) => by)).toEqual(['source-cut-short']);
  });

  it('that names nothing is not believed, whatever share is allowed', () => {
    const off = { ...usual, customersFell: null, revenueFell: 1 };
    expect(doubts(1_000, 1_000, off)).toEqual([
      { by: 'source-empty', because: 'The CRM listed no customers, and 1,000 are stored.' },
      { by: 'source-empty', because: 'The CRM listed no deals, and 1,000 are stored.' },
    ]);
    expect(doubts(999, 999, off)).toEqual([]);
  });

  it('of few records is believed', () => {
    const few = { stored: 19, missing: 19 };
    expect(listingDoubts(usual, { customers: few, deals: few })).toEqual([]);
  });
});
