import type { NextOfTier } from '../../run/shadow-sums.ts';
import type { PolicyFigures } from '../../score/shadow/compare-policies.ts';
import type { Rows } from './backtest-rows.ts';
import { amount, count, counted } from './figures.ts';
import type { ComparedPart } from './policy-compare-document.ts';
import { renderSection } from './policy-simulation.ts';
import { reportPage } from './report-page.ts';
import type { ReportSection } from './report-section.ts';
import { tierMatrix } from './tier-moves.ts';
import { percent } from './verdict-text.ts';

type Compared = Extract<ComparedPart, { status: 'compared' }>;

/** The challenger and the policy in force, for a person. */
export function renderComparison(parts: readonly ComparedPart[]): string {
  if (parts.length === 0) return nobody;
  return parts
    .map((part) => [title(part), part.says, ...sections(part).map(renderSection)].join('\n\n'))
    .join('\n\n');
}

/** The same as a page. */
export function comparisonPage(parts: readonly ComparedPart[]): string {
  const all = parts.flatMap((part) => [
    { title: title(part), notes: [part.says], tables: [] },
    ...sections(part),
  ]);
  return reportPage('Champion and challenger', parts.length === 0 ? nobody : notWritten, all);
}

const nobody =
  'No policy is in shadow: "assay policy shadow <file> --why <text>" puts a draft there.';
const notWritten = 'The challenger is scored and never written. Nothing changes by itself.';

function title({ connection, challenger, champion }: ComparedPart): string {
  return `${connection}: release ${challenger.number} (${challenger.version}) in shadow, against ${champion.version} in force`;
}

function sections(part: ComparedPart): readonly ReportSection[] {
  if (part.status === 'waiting') return [];
  return [next(part), verdicts(part), tiers(part), divergence(part)];
}

function next(part: Compared): ReportSection {
  const { asOf, until, days, customers, buyers, netMinor, currency, figures } = part;
  return {
    title: 'The same future',
    notes: [
      `${counted(customers, 'customer')} scored by both on ${asOf}; until ${until}, ${counted(days, 'day')}, ${count(buyers)} of them ordered for ${amount(netMinor, currency)} net.`,
    ],
    tables: [{ caption: 'How each tells it', rows: figureRows(figures), words: 1 }],
  };
}

const measures: readonly (readonly [keyof PolicyFigures, string, (value: number) => string])[] = [
  ['top10', 'next net spend held by the best 10 % by value score', percent],
  ['top20', 'by the best 20 %', percent],
  ['auc', 'AUC, who orders and who does not (0.5 is a coin)', (value) => value.toFixed(3)],
  ['capture', 'next net spend held by the top tier', percent],
  ['lift', 'its mean, in means of all', (value) => value.toFixed(2)],
];

function figureRows({ champion, challenger }: Compared['figures']): Rows {
  const shown = (value: number | null, text: (value: number) => string) =>
    value === null ? '–' : text(value);
  return {
    head: ['', 'in force', 'challenger'],
    rows: measures.map(([key, name, text]) => [
      ...[name, shown(champion[key], text), shown(challenger[key], text)],
    ]),
  };
}

function verdicts({ figures, says }: Compared): ReportSection {
  const notes = figures.verdicts.map(({ text }) => text);
  return {
    title: 'Verdicts, with 95 % intervals from 200 resamples of the customers',
    notes: notes.length === 0 ? [says] : notes,
    tables: [],
  };
}

function tiers({ tiers: found, currency }: Compared): ReportSection {
  const rows = (of: readonly NextOfTier[]): Rows => ({
    head: ['', 'customers', 'ordered', 'net', 'mean'],
    rows: of.map(({ tier, customers, buyers, netMinor }) => [
      ...[tier, count(customers), count(buyers), amount(netMinor, currency)],
      amount(Math.round(netMinor / customers), currency),
    ]),
  });
  return {
    title: 'What each tier did since',
    notes: [],
    tables: [
      { caption: 'Tiers of the policy in force', rows: rows(found.champion), words: 1 },
      { caption: 'Tiers of the challenger', rows: rows(found.challenger), words: 1 },
    ],
  };
}

function divergence({ matrix, tiers: found, asOf, customers, figures }: Compared): ReportSection {
  const other = matrix.filter(({ from, to }) => from !== to);
  const apart = other.reduce((sum, move) => sum + move.customers, 0);
  const keys = [...new Set([...found.champion, ...found.challenger].map(({ tier }) => tier))];
  const rows = tierMatrix(
    matrix,
    keys.filter((tier) => tier !== 'none'),
  );
  const { rankCorrelation: rank } = figures;
  return {
    title: 'Where they differ',
    notes: [
      `${counted(apart, 'customer')} of ${count(customers)} in another tier; rank correlation of the value scores ${rank === null ? '–' : rank.toFixed(3)}.`,
    ],
    tables: [
      {
        caption: `Customers on ${asOf}, by tier in force (down) and of the challenger (across)`,
        ...{ rows, words: 1 },
      },
    ],
  };
}
