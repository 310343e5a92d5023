import { assertNever } from '../../lib/assert-never.ts';
import type { CutColumn } from '../../policy/cut-points.ts';
import type { ScoreColumns } from '../../score/columns/score-columns.ts';
import type { LookAhead, PredictedOrders, ScoredOrders } from '../../score/columns/score-orders.ts';
import type { OrdersFile } from '../order-table.ts';
import { count, counted, share } from './figures.ts';
import { fitDocument } from './fit.ts';
import { rowWarnings } from './row-warnings.ts';
import { indent, table } from './table.ts';

/** What `assay score-file` did. */
export type ScoredFile = {
  readonly asOf: string;
  readonly policyFile: string;
  readonly policyVersion: string;
  /** Where the scores went: a file, or `-` for stdout. */
  readonly out: string;
  readonly file: OrdersFile;
  readonly scored: ScoredOrders;
  readonly predicted: PredictedOrders;
  readonly ahead: LookAhead;
};

/** The document of `assay score-file --json`. */
export function scoreFileDocument(done: ScoredFile) {
  const { asOf, policyFile, policyVersion, out, file, scored, predicted, ahead } = done;
  const { warnings: _, ...fit } = fitDocument(predicted.fit, []);
  return {
    asOf,
    policy: { file: policyFile, version: policyVersion },
    out,
    rows: file.rows,
    currency: file.currency === '' ? null : file.currency,
    customers: scored.customers.size,
    buyers: predicted.customer.length,
    inWindow: scored.scores.base.size,
    tiers: tierCounts(scored.scores),
    cuts: scored.scores.cuts,
    fixedCuts: scored.scores.base.fixed,
    horizonDays: ahead.horizonDays,
    lifetime: { years: ahead.years, margin: ahead.margin, discount: ahead.discount },
    fit,
    leftOut: file.leftOut,
    warnings: warningsOf(done),
  };
}

/** The same for a person. */
export function renderScoreFile(done: ScoredFile): string {
  const { file, scored, predicted, ahead, out, policyFile } = done;
  const { r, alpha, a, b } = predicted.fit.params;
  const figure = (value: number): string => value.toPrecision(4);
  const tiers = tierCounts(scored.scores).map(({ key, customers }) => [
    key ?? 'no tier',
    count(customers),
    share(customers / Math.max(1, scored.customers.size)),
  ]);
  return [
    `${counted(scored.customers.size, 'customer')} in ${counted(file.rows, 'row')}, scored as of ${done.asOf} by ${policyFile}`,
    indent(table(tiers, ['left', 'right', 'right'])),
    `${predicted.fit.model === 'bgnbd' ? 'BG/NBD' : 'MBG/NBD'} in weeks: r ${figure(r)}, alpha ${figure(alpha)}, a ${figure(a)}, b ${figure(b)}; p_buys and expected_orders within ${count(ahead.horizonDays)} days, clv of ${ahead.years} years at ${share(ahead.margin)} margin and ${share(ahead.discount)} a year`,
    ...warningsOf(done).map((warning) => `! ${warning}`),
    out === '-' ? 'Written to stdout' : `Written to ${out}`,
  ].join('\n');
}

function tierCounts({ tier, cuts }: ScoreColumns) {
  const counts = new Map<number, number>();
  for (const place of tier) counts.set(place, (counts.get(place) ?? 0) + 1);
  const named = cuts.tiers.map(({ key }, place) => ({ key, customers: counts.get(place) ?? 0 }));
  return [...named, { key: null, customers: counts.get(-1) ?? 0 }];
}

function warningsOf({ file, scored, predicted }: ScoredFile): readonly string[] {
  const { fixed, size } = scored.scores.base;
  const refundsOnly = scored.customers.size - predicted.customer.length;
  return [
    ...rowWarnings(file.leftOut),
    ...(fixed.length === 0
      ? []
      : [
          `cuts: ${counted(size, 'customer')} with an order in the window tell too little: ${fixed.map(columnText).join(', ')} by the policy's fixed thresholds`,
        ]),
    ...(refundsOnly === 0
      ? []
      : [`refunds: ${counted(refundsOnly, 'customer')} with refunds and no order are not scored`]),
    ...predicted.fit.warnings.map(({ code, text }) => `${code}: ${text}`),
  ];
}

function columnText(column: CutColumn): string {
  switch (column) {
    case 'recency':
    case 'frequency':
    case 'monetary':
    case 'tiers':
      return column;
    case 'spend':
      return 'spend points';
    default:
      return assertNever(column);
  }
}
