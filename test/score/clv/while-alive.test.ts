import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelNames } from '../../../src/domain/models.ts';
import { lifetimeValue } from '../../../src/score/clv/clv.ts';
import { models } from '../../../src/score/clv/models.ts';
import { whileAliveReader } from '../../../src/score/clv/while-alive.ts';
import { expectClose } from './close-to.ts';

const params = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const terms = { years: 2, margin: 0.3, discount: 0.1 };

describe('what is expected of who still is a customer', () => {
  it.each(modelNames)('times the chance to be one is what %s expects', (model) => {
    const read = whileAliveReader({ model, unit: 'week', params, horizon: 39, terms });
    const of = models[model];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 150 }),
        fc.integer({ min: 0, max: 150 }),
        (repeats, tx, silence) => {
          const x = tx === 0 ? 0 : repeats;
          const history = { x, tx: x === 0 ? 0 : tx, T: tx + silence };
          const alive = of.probabilityAlive(params, history);
          const { buys, orders, value } = read(x, history.T);
          const asked = { model, unit: 'week', params, history, spendPerOrder: 1 } as const;
          expectClose(alive * buys, of.probabilityBuys(params, history, 39));
          expectClose(alive * orders, of.expectedOrders(params, history, 39));
          expectClose(alive * value, lifetimeValue(asked, terms));
        },
      ),
    );
  });

  it('is the same whether it was asked before, and when what is known was let go', () => {
    const ahead = { model: 'bgnbd', unit: 'week', params, horizon: 39, terms } as const;
    const [all, few] = [whileAliveReader(ahead), whileAliveReader(ahead, 3)];
    for (const T of [5, 6, 7, 8, 5, 9, 8]) {
      expect(few(1, T)).toEqual(all(1, T));
      expect(all(1, T)).toBe(all(1, T));
    }
  });
});
