import type { ExplainedHistory, ExplainedPast, HistoryLine } from '../../run/explain-past.ts';
import type { ChangeCause } from '../../score/what-changed.ts';
import { indent, table } from './table.ts';

/** `assay explain --as-of`, for a person. */
export function renderPast({ customer, asOf, keptSince, past }: ExplainedPast): string {
  const head = `Customer ${customer} on ${asOf}`;
  if (keptSince === null) return `${head}: no score of it is kept.`;
  if (past === null)
    return `${head}: no score of it is kept from before ${keptSince}, when the history begins.`;
  const held = past.until === null ? 'still holds' : `held until ${past.until}`;
  const labels = past.isPolicyOfNow
    ? ['! The policy of then cannot be read any more; labels and limits are those of now']
    : [];
  return [
    `${head}: as scored on ${past.since} (run ${past.runId}), ${held}`,
    ...labels,
    indent(past.explanation.lines.join('\n')),
  ].join('\n');
}

/** `assay explain --history`, for a person. */
export function renderHistory({ customer, scores }: ExplainedHistory): string {
  if (scores.length === 0) return `Customer ${customer}: no score of it is kept.`;
  const head = ['since', 'tier', 'value', 'loyalty', 'RFM', 'because of'];
  const rows = scores.map(rowOf);
  const aligns = ['left', 'left', 'right', 'right', 'left', 'left'] as const;
  return `Customer ${customer}\n${indent(table([head, ...rows], aligns))}`;
}

function rowOf(line: HistoryLine): readonly string[] {
  const { asOf, tierLabel, grade, value, loyalty, rfm, leftOut, changed } = line;
  const tier = tierLabel === null ? '–' : [tierLabel, grade?.toUpperCase() ?? ''].join(' ').trim();
  const why = changed === null ? 'first that is kept' : changed.map((one) => words[one]).join(', ');
  return [
    ...[asOf, tier, `${value ?? '–'}`, `${loyalty ?? '–'}`, rfm ?? '–'],
    leftOut === null ? why : `${why}: ${leftOut}`,
  ];
}

const words: Readonly<Record<ChangeCause, string>> = {
  policy: 'another policy',
  'cut-points': 'new cut points',
  orders: 'orders',
  facts: 'payments, referrals or events',
  word: 'a person’s word',
  'left-out': 'left out or back',
  time: 'time alone',
};
