import type { Backtest } from '../../score/backtest/backtest.ts';
import { type ForecastKey, forecastKeys } from '../../score/backtest/baselines.ts';
import type { ForecastError } from '../../score/backtest/errors.ts';
import type { GroupOutcome } from '../../score/backtest/groups.ts';
import type { RankerKey } from '../../score/backtest/rankers.ts';
import type { Outcome, Verdict } from '../../score/backtest/verdicts.ts';
import type { BacktestDocument } from './backtest-document.ts';
import { count } from './figures.ts';
import { units } from './units.ts';
import { figureText, gainFigure, percent } from './verdict-text.ts';

/** A table of a report: what stands over its columns (the first holds words), and its rows. */
export type Rows = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** `–` where there is nothing to measure. */
export function shown(value: number | null, text: (value: number) => string): string {
  return value === null ? '–' : text(value);
}

const three = (value: number): string => figureText('orders', null)(value);

/** Of tiers, segments or fifths. */
export function groupRows(groups: readonly GroupOutcome[], currency: string | null): Rows {
  return {
    head: [
      '',
      'customers',
      'of all',
      'next spend',
      'of it',
      'mean',
      'lift',
      'orders each',
      'bought',
    ],
    rows: groups.map((group) => [
      group.label,
      count(group.customers),
      percent(group.shareOfCustomers),
      units(group.nextSpend, currency),
      shown(group.shareOfSpend, percent),
      shown(group.meanSpend, (value) => units(value, currency)),
      shown(group.lift, (value) => `×${value.toFixed(2)}`),
      shown(group.meanOrders, (value) => value.toFixed(2)),
      shown(group.shareBought, percent),
    ]),
  };
}

/** What a ranker is called. */
export const rankerLabels: Readonly<Record<RankerKey, string>> = {
  value_score: 'Value score',
  clv: 'CLV',
  expected_spend: 'Expected spend',
  past_spend: 'Past spend',
  past_repeat_spend: 'Past repeat spend',
  recency: 'Recency',
  perfect: 'Perfect foresight',
};

export function liftRows({ lift }: Pick<Backtest, 'lift'>): Rows {
  return {
    head: ['', 'best 10 %', 'best 20 %'],
    rows: lift.map(({ ranker, top10, top20 }) => [
      rankerLabels[ranker],
      shown(top10, percent),
      shown(top20, percent),
    ]),
  };
}

/** Scores of who will buy. */
export function chanceRows({ chance, fit }: BacktestDocument): Rows {
  const alive =
    fit.model === 'bgnbd' ? 'P(alive): no churn score, 1 for who ordered once' : 'P(alive)';
  const named = [
    ['P(buys)', chance.buys],
    ['Recency alone (chances set by what came)', chance.recency],
    [alive, chance.alive],
  ] as const;
  return {
    head: ['', 'AUC', 'Brier', 'right at 0.5'],
    rows: [
      ...named.map(([label, { auc, brier, rightAtHalf }]) => [
        label,
        shown(auc, three),
        shown(brier, three),
        shown(rightAtHalf, percent),
      ]),
      ['Expected orders', shown(chance.expectedOrdersAuc, three), '', ''],
    ],
  };
}

/** Chances said and what came. */
export function calibrationRows({ chance }: Pick<Backtest, 'chance'>): Rows {
  return {
    head: ['P(buys)', 'customers', 'mean said', 'bought', '95 %'],
    rows: chance.deciles.map(({ customers, predicted, from, to, actual, low, high }) => [
      `${percent(from)} to ${percent(to)}`,
      count(customers),
      percent(predicted),
      percent(actual),
      `${percent(low)} to ${percent(high)}`,
    ]),
  };
}

/** What a forecast is called. */
const forecastLabels: Readonly<Record<ForecastKey, string>> = {
  model: 'Model',
  last_period: 'Same as last period',
  own_rate: 'Own rate',
  recency: 'Recency alone (means set by what came)',
};

export function errorRows(
  errors: Readonly<Record<ForecastKey, ForecastError>>,
  text: (value: number) => string,
): Rows {
  return {
    head: ['', 'forecast', 'actual', 'total', 'MAE', 'RMSE', 'correlation'],
    rows: forecastKeys.map((key) => {
      const { forecast, actual, totalError, mae, rmse, correlation } = errors[key];
      return [
        forecastLabels[key],
        text(forecast),
        text(actual),
        shown(totalError, percent),
        shown(mae, text),
        shown(rmse, text),
        shown(correlation, three),
      ];
    }),
  };
}

/** Customers by tier before (down) and after (across), with their share of those before. */
export function moveMatrix({ moves, tiers }: BacktestDocument): Rows {
  const present = new Set(moves.flatMap(({ from, to }) => [from ?? 'none', to ?? 'none']));
  const named = tiers.filter(({ key }) => present.has(key));
  const all = [
    ...named,
    ...(present.has('none') && !named.some(({ key }) => key === 'none')
      ? [{ key: 'none', label: 'No tier' }]
      : []),
  ];
  const cell = (before: string, after: string): string => {
    const moved = moves.find(
      ({ from, to }) => (from ?? 'none') === before && (to ?? 'none') === after,
    );
    return moved === undefined ? '·' : `${count(moved.customers)} (${percent(moved.share)})`;
  };
  return {
    head: ['from', ...all.map(({ label }) => `to ${label}`)],
    rows: all.map(({ key, label }) => [label, ...all.map((after) => cell(key, after.key))]),
  };
}

/** Customers who moved, or stayed, by tier. */
export function moveRows({ moves, currency }: BacktestDocument): Rows {
  return {
    head: ['from', 'to', 'customers', 'of those in it', 'net in window before', 'after'],
    rows: moves.map(({ from, to, customers, share, netBefore, netAfter }) => [
      from ?? 'none',
      to ?? 'none',
      count(customers),
      percent(share),
      units(netBefore, currency),
      units(netAfter, currency),
    ]),
  };
}

/** What an outcome is marked with, and called. */
export const marks: Readonly<Record<Outcome, { readonly mark: string; readonly word: string }>> = {
  better: { mark: '✓', word: 'beats it' },
  'no-difference': { mark: '·', word: 'no difference shown' },
  worse: { mark: '✗', word: 'worse' },
  unknown: { mark: '?', word: 'not measurable' },
};

export function verdictRows(verdicts: readonly Verdict[], currency: string | null): Rows {
  return {
    head: ['', 'score', 'against', 'by', 'score’s', 'baseline’s', 'gain', '95 %'],
    rows: verdicts.map((verdict) => {
      const { outcome, subject, baseline, measure, unit, value, baselineValue } = verdict;
      const { gain, low, high } = verdict;
      const text = figureText(unit, currency);
      const gained = gainFigure(unit, currency);
      return [
        marks[outcome].mark,
        subject,
        baseline,
        measure,
        shown(value, text),
        shown(baselineValue, text),
        shown(gain, gained),
        low === null || high === null ? '–' : `${gained(low)} to ${gained(high)}`,
      ];
    }),
  };
}
