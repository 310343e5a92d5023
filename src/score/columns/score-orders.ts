import type { ModelName } from '../../domain/models.ts';
import type { Policy } from '../../policy/schema.ts';
import { type Fit, fit as fitModels } from '../clv/fit.ts';
import { daysPer } from '../clv/time-unit.ts';
import { type CustomerColumns, customerColumns } from './customer-columns.ts';
import { historyColumns } from './history-columns.ts';
import type { BookedOrders } from './order-book.ts';
import { type PredictionColumns, predictionColumns } from './prediction-columns.ts';
import { type ScoreColumns, scoreColumns } from './score-columns.ts';

/** R, F, M, value, tier and loyalty of everybody, with the signals they follow from. */
export type ScoredOrders = { readonly customers: CustomerColumns; readonly scores: ScoreColumns };

/** Scores everybody in a file of orders. */
export function scoreOrders(
  booked: BookedOrders,
  policy: Policy,
  asOf: number,
  minorDigits: number,
): ScoredOrders {
  const customers = customerColumns(booked, policy, asOf);
  return { customers, scores: scoreColumns(customers, policy, asOf, minorDigits) };
}

/** Models fitted to everybody, and what they expect of each. */
export type PredictedOrders = {
  readonly fit: Fit;
  /** The customer each position of `predictions` and `history` stands for: whoever has ordered. */
  readonly customer: Uint32Array;
  /** Repeat orders, and weeks from the first order to the last and to the day of asking. */
  readonly history: {
    readonly x: Float64Array;
    readonly tx: Float64Array;
    readonly T: Float64Array;
    readonly spend: Float64Array;
  };
  readonly predictions: PredictionColumns;
};

/** What is looked ahead to, and how money counts there. */
export type LookAhead = Pick<Policy['lifetime'], 'years' | 'margin' | 'discount'> & {
  readonly model: ModelName;
  readonly horizonDays: number;
};

/** What the models know of everybody who has ordered, in weeks. */
export function weeklyHistories(booked: BookedOrders, asOf: number, minorDigits: number) {
  const { customer, x, tx, T, spend } = historyColumns(booked, asOf, minorDigits);
  const inWeeks = (days: Float64Array): Float64Array => days.map((time) => time / daysPer.week);
  return { customer, history: { x, tx: inWeeks(tx), T: inWeeks(T), spend } };
}

/** Fits the models to everybody in a file of orders and foresees what each will do. */
export function predictOrders(
  booked: BookedOrders,
  asOf: number,
  minorDigits: number,
  ahead: LookAhead,
): PredictedOrders {
  const { customer, history } = weeklyHistories(booked, asOf, minorDigits);
  const fitted = fitModels({ model: ahead.model, unit: 'week', ...history });
  const { years, margin, discount, horizonDays } = ahead;
  const predictions = predictionColumns(fitted, history, {
    horizon: horizonDays / daysPer.week,
    terms: { years, margin, discount },
    meanAmount: meanAmount(booked) / 10 ** minorDigits,
  });
  return { fit: fitted, customer, history, predictions };
}

/** Of a day with orders; 0 without any. */
export function meanAmount({ bought, orders }: BookedOrders): number {
  const total = bought.reduce((sum, minor) => sum + minor, 0);
  const count = orders.reduce((sum, days) => sum + days, 0);
  return count === 0 ? 0 : total / count;
}
