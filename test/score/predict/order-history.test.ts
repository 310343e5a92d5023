import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historiesOf } from '../../../src/score/clv/history.ts';
import { orderHistory } from '../../../src/score/predict/order-history.ts';
import { Timeline } from '../../../src/score/timeline.ts';
import { policy } from '../default-policy.ts';
import { anyBuyer } from './arbitrary-buyers.ts';
import { TODAY } from './whole-base.ts';

describe('what the models know of a customer', () => {
  it('is what they know of it in a file of orders, refunds and later orders left out', () => {
    fc.assert(
      fc.property(anyBuyer, fc.integer({ min: 0, max: 400 }), (one, ago) => {
        const today = TODAY - ago;
        const timeline = new Timeline(one, policy.purchase);
        const found = orderHistory(timeline, timeline.ordersUpTo(today), today);
        const file = historiesOf(
          {
            customer: new Uint32Array(one.sales.length),
            day: Int32Array.from(one.sales, ({ day }) => day),
            amount: Float64Array.from(one.sales, ({ minor }) => minor),
          },
          today,
        );
        const { x, tx, T, spend } = file;
        if (x.length === 0) expect(found).toBeNull();
        else expect(found).toEqual({ x: x[0], tx: tx[0], T: T[0], spend: spend[0] });
      }),
    );
  });
});
