import { dayText } from '../../domain/day.ts';
import type { Backtest } from '../../score/backtest/backtest.ts';
import { type ForecastKey, forecastKeys } from '../../score/backtest/baselines.ts';
import type { ForecastError } from '../../score/backtest/errors.ts';
import type { GroupOutcome } from '../../score/backtest/groups.ts';
import type { RankerKey } from '../../score/backtest/rankers.ts';
import type { Outcome, Verdict } from '../../score/backtest/verdicts.ts';
import type { LookAhead } from '../../score/columns/score-orders.ts';
import type { BacktestOrders } from '../backtest-books.ts';
import type { TalliedRows } from '../row-tally.ts';
import { count, counted } from './figures.ts';
import { fitDocument } from './fit.ts';
import { rowWarnings } from './row-warnings.ts';
import { indent, table } from './table.ts';
import { units } from './units.ts';
import { percent, verdictText } from './verdict-text.ts';

/** What `assay backtest` did. */
export type BacktestDone = {
  /** The file's name, or the connection's. */
  readonly name: string;
  readonly policyFile: string;
  readonly policyVersion: string;
  readonly ahead: Omit<LookAhead, 'horizonDays'>;
  readonly orders: BacktestOrders;
  readonly result: Backtest;
};

export type BacktestDocument = ReturnType<typeof backtestDocument>;

/** The document of `assay backtest --json`: all of `Backtest`, each verdict also as a sentence. */
export function backtestDocument(done: BacktestDone) {
  const { name, policyFile, policyVersion, ahead, orders, result } = done;
  const { verdicts, fit, base, ...figures } = result;
  const { warnings: _, ...fitted } = fitDocument(fit, []);
  const currency = orders.currency === '' ? null : orders.currency;
  return {
    name,
    policy: { file: policyFile, version: policyVersion },
    currency,
    rows: orders.rows,
    firstOrder: dayText(orders.first),
    lastOrder: dayText(orders.last),
    lifetime: { years: ahead.years, margin: ahead.margin, discount: ahead.discount },
    verdicts: verdicts.map((verdict) => ({ ...verdict, text: verdictText(verdict, currency) })),
    ...figures,
    fixedCuts: base.fixed,
    fit: fitted,
    leftOut: orders.leftOut,
    warnings: warningsOf(done),
  };
}

const FEW_BUYERS = 30;

function warningsOf({ orders, result }: BacktestDone): readonly string[] {
  const { customers, bought, fit, base, refundsOnly, newcomers } = result;
  const few = `${counted(customers, 'customer')}, of whom ${count(bought)} ordered next, are too few: intervals are wide`;
  const thresholds = `cuts: ${counted(base.size, 'customer')} with an order in the window tell too little: ${base.fixed.join(', ')} by the policy's fixed thresholds`;
  return [
    ...rowWarnings(orders.leftOut.map(refundsRetold)),
    ...(bought === 0
      ? ['hold-out: nobody who had ordered did so again: nothing can be ranked']
      : []),
    ...(bought > 0 && bought < FEW_BUYERS ? [`hold-out: ${few}`] : []),
    ...(base.fixed.length === 0 ? [] : [thresholds]),
    ...(refundsOnly === 0
      ? []
      : [`refunds: ${counted(refundsOnly, 'customer')} with refunds and no order are not scored`]),
    ...(newcomers.customers === 0
      ? []
      : [
          `newcomers: ${counted(newcomers.customers, 'customer')} ordered first after the day: not scored, in no figure`,
        ]),
    ...fit.warnings.map(({ code, text }) => `${code}: ${text}`),
  ];
}

/** They do count where the policy says so: in scores, not in what is spent next. */
function refundsRetold(rows: TalliedRows): TalliedRows {
  if (!rows.why.startsWith('are refunds')) return rows;
  return { ...rows, why: 'are refunds: not orders, and not taken off the next spend' };
}

/** The same for a person, verdicts first. */
export function renderBacktest(done: BacktestDocument, out: string | null): string {
  const { currency } = done;
  return [
    `Backtest of ${done.name} as of ${done.asOf}: what ${counted(done.customers, 'customer')} did in the ${counted(done.horizonDays, 'day')} to ${done.until}`,
    `${count(done.bought)} ordered again: ${counted(done.nextOrders, 'order')}, ${units(done.nextSpend, currency)}`,
    `\nVerdicts (✓ beats the baseline, · does not within the noise, ✗ is worse, ? cannot be measured)\n${indent(done.verdicts.map(verdictLine).join('\n'))}`,
    section('By value tier', groupTable(done.tiers, currency)),
    section('By loyalty', groupTable(done.loyalty, currency)),
    section('Share of the next spend held by the best', liftTable(done)),
    section('Will the customer buy', chanceTable(done)),
    section(
      'Error of the next orders',
      errorTable(done.orders, (value) => value.toFixed(3)),
    ),
    section(
      'Error of the next spend',
      errorTable(done.spend, (value) => units(value, currency)),
    ),
    ...(done.warnings.length === 0 ? [] : ['']),
    ...done.warnings.map((warning) => `! ${warning}`),
    ...(out === null ? [] : [`\nWritten to ${out}`]),
  ].join('\n');
}

export const marks: Readonly<Record<Outcome, string>> = {
  better: '✓',
  'no-difference': '·',
  worse: '✗',
  unknown: '?',
};

function verdictLine({ outcome, text }: Verdict & { readonly text: string }): string {
  return `${marks[outcome]} ${text}`;
}

function section(title: string, body: string): string {
  return `\n${title}\n${indent(body)}`;
}

/** `–` where there is nothing to measure. */
export function shown(value: number | null, text: (value: number) => string): string {
  return value === null ? '–' : text(value);
}

function groupTable(groups: readonly GroupOutcome[], currency: string | null): string {
  const rows = groups.map((group) => [
    group.label,
    count(group.customers),
    percent(group.shareOfCustomers),
    shown(group.shareOfSpend, percent),
    shown(group.meanSpend, (value) => units(value, currency)),
    shown(group.lift, (value) => `×${value.toFixed(2)}`),
    shown(group.shareBought, percent),
  ]);
  const head = ['', 'customers', 'of all', 'of next spend', 'mean', 'lift', 'bought'];
  return table([head, ...rows], ['left', 'right', 'right', 'right', 'right', 'right', 'right']);
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

function liftTable({ lift }: BacktestDocument): string {
  const rows = lift.map(({ ranker, top10, top20 }) => [
    rankerLabels[ranker],
    shown(top10, percent),
    shown(top20, percent),
  ]);
  return table([['', '10 %', '20 %'], ...rows], ['left', 'right', 'right']);
}

/** Scores of who will buy, by name. */
export function chanceRows({ chance, fit }: BacktestDocument) {
  const alive =
    fit.model === 'bgnbd' ? 'P(alive), no churn score: 1 for who ordered once' : 'P(alive)';
  return [
    { label: 'P(buys)', quality: chance.buys },
    { label: 'Recency alone', quality: chance.recency },
    { label: alive, quality: chance.alive },
  ];
}

function chanceTable(done: BacktestDocument): string {
  const three = (value: number): string => value.toFixed(3);
  const rows = chanceRows(done).map(({ label, quality: { auc, brier, rightAtHalf } }) => [
    label,
    shown(auc, three),
    shown(brier, three),
    shown(rightAtHalf, percent),
  ]);
  return table(
    [['', 'AUC', 'Brier', 'right at 0.5'], ...rows],
    ['left', 'right', 'right', 'right'],
  );
}

/** What a forecast is called. */
export const forecastLabels: Readonly<Record<ForecastKey, string>> = {
  model: 'Model',
  last_period: 'Same as last period',
  own_rate: 'Own rate',
  recency: 'Recency alone',
};

function errorTable(
  errors: Readonly<Record<ForecastKey, ForecastError>>,
  text: (value: number) => string,
): string {
  const rows = forecastKeys.map((key) => {
    const { totalError, mae, rmse, correlation } = errors[key];
    return [
      forecastLabels[key],
      shown(totalError, percent),
      shown(mae, text),
      shown(rmse, text),
      shown(correlation, (value) => value.toFixed(3)),
    ];
  });
  return table(
    [['', 'total', 'MAE', 'RMSE', 'correlation'], ...rows],
    ['left', 'right', 'right', 'right', 'right'],
  );
}
