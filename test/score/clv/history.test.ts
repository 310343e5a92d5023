import { describe, expect, it } from 'vitest';
import { historiesOf, type Orders } from '../../../src/score/clv/history.ts';

type Row = readonly [customer: number, day: number, amount: number];

function orders(rows: readonly Row[]): Orders {
  return {
    customer: Uint32Array.from(rows, ([customer]) => customer),
    day: Int32Array.from(rows, ([, day]) => day),
    amount: Float64Array.from(rows, ([, , amount]) => amount),
  };
}

function histories(rows: readonly Row[], asOf: number) {
  const { customer, x, tx, T, spend } = historiesOf(orders(rows), asOf);
  return Array.from(customer, (who, at) => [who, x[at], tx[at], T[at], spend[at]]);
}

describe('from orders to x, t_x, T and mean repeat spend', () => {
  it('the first day is no repeat, orders of one day are one', () => {
    const rows: readonly Row[] = [
      [0, 100, 10],
      [0, 100, 5],
      [0, 110, 20],
      [0, 110, 30],
      [0, 130, 10],
      [1, 120, 7],
    ];
    expect(histories(rows, 150)).toEqual([
      [0, 2, 30, 50, 30],
      [1, 0, 0, 30, 0],
    ]);
  });

  it('a refund is no order, an amount of 0 is one, and what comes later is not looked at', () => {
    const rows: readonly Row[] = [
      [2, 90, -50],
      [2, 100, 10],
      [2, 105, -10],
      [2, 110, 0],
      [2, 120, Number.NaN],
      [2, 151, 99],
      [0, 151, 99],
      [1, 100, -1],
    ];
    expect(histories(rows, 150)).toEqual([[2, 1, 10, 50, 0]]);
    expect(histories([], 150)).toEqual([]);
  });

  it('does not depend on the order of the rows', () => {
    const rows = Array.from(
      { length: 200 },
      (_, row): Row => [row % 7, (row * 37) % 90, (row * 13) % 50],
    );
    expect(histories(rows.toReversed(), 100)).toEqual(histories(rows, 100));
  });

  it('one customer may have very many orders', () => {
    const rows = Array.from({ length: 200_000 }, (_, row): Row => [0, row % 5_000, 1]);
    expect(histories(rows, 5_000)).toEqual([[0, 4_999, 4_999, 5_000, 40]]);
  });
});
