import { dayText } from '../../domain/day.ts';
import type { Backtest } from '../../score/backtest/backtest.ts';
import type { LookAhead } from '../../score/columns/score-orders.ts';
import type { BacktestOrders } from '../backtest-books.ts';
import type { TalliedRows } from '../row-tally.ts';
import { count, counted } from './figures.ts';
import { fitDocument } from './fit.ts';
import { rowWarnings } from './row-warnings.ts';
import { verdictText } from './verdict-text.ts';

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
  if (!rows.why.includes(': a refund')) return rows;
  return {
    ...rows,
    why: 'have an amount below 0: a refund, no order, and not taken off the next spend',
  };
}
