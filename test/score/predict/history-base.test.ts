import { describe, expect, it } from 'vitest';
import { baseOf, buyer } from './whole-base.ts';

describe('what models are fitted to', () => {
  it('is everybody who ever ordered, in days, with the mean of the repeat orders', () => {
    const { histories, size } = baseOf([
      buyer([
        [900, 100],
        [880, 300],
        [870, 500],
      ]),
      buyer([]),
      buyer([[10, 700]]),
    ]);
    expect(size).toBe(1);
    expect(histories.size).toBe(2);
    expect([...histories.x.values()]).toEqual([2, 0]);
    expect([...histories.tx.values()]).toEqual([30, 0]);
    expect([...histories.T.values()]).toEqual([900, 10]);
    expect([...histories.spend.values()]).toEqual([400, 0]);
    expect(histories.meanOrderMinor).toBe(400);
    expect([...histories.gaps]).toEqual([
      [20, 1],
      [10, 1],
    ]);
  });

  it('has the same mean order whoever comes first, of whatever size', () => {
    const customers = [1, 1e14, 3, 5e14, 7].map((minor) =>
      buyer([
        [10, minor],
        [5, minor + 2],
      ]),
    );
    const mean = baseOf(customers).histories.meanOrderMinor;
    expect(baseOf(customers.toReversed()).histories.meanOrderMinor).toBe(mean);
  });
});
