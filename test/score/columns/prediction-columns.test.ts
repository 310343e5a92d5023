import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelNames } from '../../../src/domain/models.ts';
import { lifetimeValue } from '../../../src/score/clv/clv.ts';
import { type Fit, fit as fitModels } from '../../../src/score/clv/fit.ts';
import { expectedSpend } from '../../../src/score/clv/gamma-gamma.ts';
import { historiesOf } from '../../../src/score/clv/history.ts';
import { models } from '../../../src/score/clv/models.ts';
import { historyColumns } from '../../../src/score/columns/history-columns.ts';
import { predictionColumns } from '../../../src/score/columns/prediction-columns.ts';
import { predictOrders } from '../../../src/score/columns/score-orders.ts';
import { simulated } from '../clv/simulate.ts';
import { plainText, type Row, readText } from './orders-text.ts';

const AS_OF = 15_000;
const outlook = { horizon: 39, terms: { years: 3, margin: 0.3, discount: 0.1 }, meanAmount: 12.5 };
const close = (one: number, other: number): boolean =>
  Math.abs(one - other) <= 1e-12 * Math.max(1e-9, Math.abs(other));

describe('expectations on columns', () => {
  it.each(modelNames)('are those of one customer after the other (%s)', (model) => {
    const { x, tx, T } = simulated(2_000);
    const spend = x.map((orders, row) => (orders === 0 ? 0 : 10 + (row % 17)));
    const fitted = fitModels({ model, unit: 'week', x, tx, T, spend });
    const found = predictionColumns(fitted, { x, tx, T, spend }, outlook);
    const { params, gammaGamma, unit } = fitted;
    for (const [row, orders] of x.entries()) {
      const history = { x: orders, tx: tx[row] ?? 0, T: T[row] ?? 0 };
      const spendPerOrder =
        gammaGamma === null ? 0 : expectedSpend(gammaGamma, orders, spend[row] ?? 0);
      const { probabilityAlive, probabilityBuys, expectedOrders } = models[model];
      expect(found.alive[row]).toBe(probabilityAlive(params, history));
      expect(found.spendPerOrder[row]).toBe(spendPerOrder);
      const valued = { model, unit, params, history, spendPerOrder };
      const pairs = [
        [found.buys[row], probabilityBuys(params, history, 39)],
        [found.orders[row], expectedOrders(params, history, 39)],
        [found.lifetimeValue[row], lifetimeValue(valued, outlook.terms)],
      ] as const;
      for (const [mine, theirs] of pairs) expect(close(mine ?? Number.NaN, theirs)).toBe(true);
    }
  });

  it('take the own mean, or that of all, where spend is not modelled', () => {
    const [x, tx, T] = [Float64Array.of(0, 2), Float64Array.of(0, 5), Float64Array.of(10, 10)];
    const spend = Float64Array.of(0, 40);
    const fitted: Fit = fitModels({ model: 'bgnbd', unit: 'week', x, tx, T, spend });
    expect(fitted.gammaGamma).toBeNull();
    const found = predictionColumns(fitted, { x, tx, T, spend }, outlook);
    expect([...found.spendPerOrder]).toEqual([12.5, 40]);
  });
});

describe('a file of orders', () => {
  it('is fitted and foreseen as its histories are, in weeks', () => {
    const { x, tx, T } = simulated(300);
    const rows = Array.from(x, (repeats, customer) => {
      const first = AS_OF - Math.round((T[customer] ?? 0) * 7);
      return Array.from({ length: repeats + 1 }, (_, order) => ({
        customer: String(customer),
        day: Math.round(first + ((tx[customer] ?? 0) * 7 * order) / Math.max(1, repeats)),
        minor: 1_000 + ((customer + order) % 7) * 100,
      }));
    }).flat();
    const rules = {
      asOf: AS_OF,
      windowFrom: 0,
      zeroAmount: 'order',
      refunds: 'subtracted',
    } as const;
    const { orders } = readText(plainText(rows), rules);
    const ahead = { model: 'bgnbd', horizonDays: 273, ...outlook.terms } as const;
    const { fit, customer, history, predictions } = predictOrders(orders, AS_OF, 2, ahead);
    expect(fit).toEqual(fitModels({ model: 'bgnbd', unit: 'week', ...history }));
    expect([...customer]).toEqual([...customer.keys()]);
    const meanAmount =
      rows.reduce((sum, { minor }) => sum + minor, 0) /
      100 /
      orders.orders.reduce((sum, days) => sum + days, 0);
    expect(predictions).toEqual(predictionColumns(fit, history, { ...outlook, meanAmount }));
    const empty = readText(plainText([]), rules);
    const nobody = predictOrders(empty.orders, AS_OF, 2, ahead);
    expect(nobody.fit.basis).toBe('fallback');
    expect(nobody.predictions.alive).toHaveLength(0);
  });
});

describe('histories on columns', () => {
  it('are those of the orders as rows', () => {
    const rows = fc.array(
      fc.record({
        customer: fc.nat({ max: 9 }).map(String),
        day: fc.integer({ min: AS_OF - 40, max: AS_OF }),
        minor: fc.integer({ min: -500, max: 5_000 }),
      }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(rows, (given) => {
        expect(onColumns(given)).toEqual(asRows(given));
      }),
    );
  });
});

function onColumns(rows: readonly Row[]) {
  const rules = { asOf: AS_OF, windowFrom: 0, zeroAmount: 'order', refunds: 'subtracted' } as const;
  const { orders } = readText(plainText(rows), rules);
  const { customer, ...columns } = historyColumns(orders, AS_OF, 2);
  return readable(
    Array.from(customer, (row) => Number(orders.idOf(row))),
    columns,
  );
}

function asRows(rows: readonly Row[]) {
  const { customer, ...columns } = historiesOf(
    {
      customer: Uint32Array.from(rows, (row) => Number(row.customer)),
      day: Int32Array.from(rows, (row) => row.day),
      amount: Float64Array.from(rows, (row) => row.minor),
    },
    AS_OF,
  );
  const spend = columns.spend.map((minor) => minor / 100);
  return readable([...customer], { ...columns, spend });
}

type Columns = Readonly<Record<'x' | 'tx' | 'T' | 'spend', Float64Array>>;

function readable(customers: readonly number[], { x, tx, T, spend }: Columns) {
  return customers.map((customer, row) => [
    customer,
    x[row],
    tx[row],
    T[row],
    Math.round((spend[row] ?? 0) * 1e9),
  ]);
}
