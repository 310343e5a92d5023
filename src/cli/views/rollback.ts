import type { ExceptionKind, RollbackException } from '../../domain/rollback.ts';
import type { RollbackReport } from '../../run/rollback.ts';
import { counted } from './figures.ts';
import { renderRunReport } from './run-report.ts';
import { indent, table } from './table.ts';

/** Exceptions that a person is shown. */
export const shownExceptions = 20;

/** What `assay rollback` plans, what it leaves, and what comes next. */
export function renderRollback(
  report: RollbackReport,
  left: readonly RollbackException[],
  plan: string,
): string {
  const { run } = report;
  const isWritten = run.apply !== null || run.stopped !== null;
  const parts = [plan, leftText(report, left), isWritten ? renderRunReport(run) : '', next(report)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function leftText({ exceptions }: RollbackReport, left: readonly RollbackException[]): string {
  const total = Object.values(exceptions ?? {}).reduce((sum, count) => sum + count, 0);
  if (total === 0) return '';
  const rows = left.map((one) => [one.customerId, one.key, saidOf(one)]);
  const more = total - left.length;
  const tail = more > 0 ? `\n  and ${counted(more, 'more', 'more')}; --json lists all` : '';
  return `Left as it is\n${indent(table(rows, ['left', 'left', 'left']))}${tail}`;
}

function saidOf({ kind, wrote, now, byRun }: RollbackException): string {
  const texts: Readonly<Record<ExceptionKind, string>> = {
    changed: `is ${short(now)}, we wrote ${short(wrote)}`,
    'written-again': `written again by run ${byRun ?? ''}`,
    gone: 'is gone from the CRM',
    'not-kept': 'the policy does not write it any more',
    'list-deleted': 'its list is deleted in the CRM',
  };
  return texts[kind];
}

function short(value: string | null): string {
  if (value === null) return 'empty';
  return value.length > 40 ? `“${value.slice(0, 39)}…”` : `“${value}”`;
}

function next({ run, stop }: RollbackReport): string {
  const { connection, plan } = run;
  if (plan === null) return '';
  if (stop === null) return 'Nothing is left to take back, and nothing was stopped.';
  const lines = [
    `${connection} is stopped. Mend what led to this, then run \`assay resume ${connection}\`: the next run reads everything anew and compares every customer.`,
  ];
  if (run.apply === null)
    lines.unshift(
      `Nothing is written yet: \`assay apply ${plan.id}\` does, once it is ready (\`assay plans\`).`,
    );
  return lines.join('\n');
}
