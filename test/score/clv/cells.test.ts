import { expect, it } from 'vitest';
import { cellsOf, thinned } from '../../../src/score/clv/cells.ts';
import { mulberry32 } from './simulate.ts';

it('equal histories are one cell, in ascending order', () => {
  const cells = cellsOf({
    x: Float64Array.from([2, 0, 2, 2, 0]),
    tx: Float64Array.from([5.5, 0, 5.5, 3, 0]),
    T: Float64Array.from([9, 7, 9, 9, 7]),
  });
  expect(cells).toEqual({
    x: Float64Array.from([0, 2, 2]),
    tx: Float64Array.from([0, 3, 5.5]),
    T: Float64Array.from([7, 9, 9]),
    count: Float64Array.from([2, 1, 2]),
  });
  expect(thinned(cells, 2).x).toEqual(Float64Array.from([0, 2]));
});

it('where all histories differ each is a cell, in ascending order', () => {
  const random = mulberry32(1);
  const column = (): Float64Array => Float64Array.from({ length: 210_000 }, random);
  const [x, tx, T] = [column(), column(), column()];
  const cells = cellsOf({ x, tx, T });
  expect(cells.x).toEqual(x.toSorted());
  expect(cells.T[0]).toBe(T[x.indexOf(cells.x[0] ?? 0)]);
  expect(cells.count.every((count) => count === 1)).toBe(true);
});
