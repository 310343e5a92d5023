import type { ListedOverride } from '../../run/list-overrides.ts';
import type { ReviewReport } from '../../run/review-report.ts';
import type { Rows } from './backtest-rows.ts';
import { count, counted, share } from './figures.ts';
import type { ReportSection } from './report-section.ts';

/** What is on record beside the scores: gaps of the data, people's words, plans, policies. */
export function reviewRecordSections(report: ReviewReport): readonly ReportSection[] {
  return [gaps(report), overrides(report), since(report)];
}

function gaps({ gaps: found }: ReviewReport): ReportSection {
  const { completeness, gate, unattributedShare, unknownFacts, dealProblems } = found;
  const rows: readonly (readonly string[])[] = [
    ['records complete', shown(completeness)],
    ['asked for by the policy', share(gate)],
    ['won revenue that reaches no customer', shown(unattributedShare)],
    ...Object.entries(dealProblems).map(([cause, deals]) => [`deals: ${cause}`, count(deals)]),
  ];
  const notes =
    unknownFacts.length === 0
      ? []
      : [`Nobody has any of these, not mapped or never filled in: ${unknownFacts.join(', ')}.`];
  return {
    title: 'Gaps in the data',
    notes,
    tables: [{ caption: 'Data', rows: { head: ['', ''], rows }, words: 1 }],
  };
}

function overrides({ overrides: found }: ReviewReport): ReportSection {
  const { inForce, until, lapsing, outweighed } = found;
  return {
    title: 'People’s words',
    notes: [
      `${counted(inForce, 'override')} in force; ${count(lapsing.length)} lapse before ${until}, ${count(outweighed.length)} decide nothing: outweighed by another, or of a class that is no more.`,
    ],
    tables: [
      { caption: `They lapse before ${until}`, rows: overrideRows(lapsing), words: 6 },
      { caption: 'Overrides that decide nothing', rows: overrideRows(outweighed), words: 6 },
    ].filter(({ rows }) => rows.rows.length > 0),
  };
}

function overrideRows(listed: readonly ListedOverride[]): Rows {
  return {
    head: ['customer', 'family', 'class', 'until', 'by', 'why'],
    rows: listed.map((one) => [
      ...[one.externalId ?? one.customer, one.family, one.class, one.until ?? 'for good'],
      ...[one.by, one.why],
    ]),
  };
}

function since({ since: found, last }: ReviewReport): ReportSection {
  const { plansHeld, plansRejected, plansStale, rollbacks, releases } = found;
  const rows = [
    ['plans held', count(plansHeld)],
    ['plans rejected', count(plansRejected)],
    ['plans that the world outran', count(plansStale)],
    ['rollbacks', count(rollbacks)],
    ['policies published', count(releases.length)],
  ];
  const published = {
    head: ['release', 'version', 'on', 'by', 'why'],
    rows: releases.map(({ number, version, at, by, why }) => [
      ...[String(number), version, at.slice(0, 10), by, why],
    ]),
  };
  return {
    title: last === null ? 'On record so far' : 'On record since',
    notes: [],
    tables: [
      { caption: 'Plans and policies', rows: { head: ['', ''], rows }, words: 1 },
      { caption: 'Releases', rows: published, words: 5 },
    ].filter((table) => table.rows.rows.length > 0),
  };
}

function shown(value: number | null): string {
  return value === null ? '–' : share(value);
}
