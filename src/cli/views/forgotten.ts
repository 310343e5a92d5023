import type { Forgotten } from '../../store/retention-store.ts';
import { count } from './figures.ts';
import { indent, table } from './table.ts';

const names: Readonly<Record<keyof Forgotten, string>> = {
  plans: 'plans with changes and receipts',
  idlePlans: 'plans of webhooks that changed nothing',
  runs: 'runs with reports',
  ownWrites: 'entries of own writes',
  quota: 'entries of quota',
  alerts: 'alerts',
  overrides: 'overrides that ended',
  goneRecords: 'records of who left the CRM, emptied',
  history: 'scores of the past',
  cutPoints: 'cut points',
  policies: 'policies',
  shadows: 'scores by a challenger',
  runMarks: 'marks of runs whose scores were all replaced',
};

/** `assay retention`, for a person. */
export function renderForgotten(report: {
  readonly connection: string;
  readonly keepDays: number;
  readonly dryRun: boolean;
  readonly forgotten: Forgotten;
}): string {
  const { connection, keepDays, dryRun, forgotten } = report;
  const rows = Object.entries(names).flatMap(([part, name]) => {
    const found = Object.entries(forgotten).find(([key]) => key === part)?.[1] ?? 0;
    return found === 0 ? [] : [[count(found), name]];
  });
  const head = `${connection}: older than ${count(keepDays)} days`;
  if (rows.length === 0) return `${head}: nothing`;
  const title = dryRun ? `${head}, would be forgotten:` : `${head}, forgotten:`;
  return `${title}\n${indent(table(rows, ['right', 'left']))}`;
}
