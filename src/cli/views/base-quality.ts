import type { BaseQualityReport } from '../../score/quality/base-quality.ts';
import { amount, count, counted, share } from './figures.ts';
import { table } from './table.ts';

/** How far a base's data can be relied on. */
export function renderBaseQuality(report: BaseQualityReport, currency: string): string {
  const { customers, scoreable, optedOut, birthdaysUnknown } = report;
  const rows: (readonly [string, string])[] = [
    ['customers', count(customers)],
    ['with a deal that counts', count(scoreable)],
    ['every required field filled', count(report.complete)],
    ['something wrong with the record', count(report.withProblems)],
    ...entries(report.recordProblems).map(([problem, of]) => [`  ${problem}`, count(of)] as const),
    ['birthday unknown', count(birthdaysUnknown)],
    ...(optedOut === 0 ? [] : [['left out at their wish', count(optedOut)] as const]),
    ...entries(report.dealProblems).map(
      ([cause, of]) => [`won deals: ${cause}`, count(of)] as const,
    ),
  ];
  return [gateLine(report), table(rows, ['left', 'right']), ...revenueLines(report, currency)].join(
    '\n',
  );
}

function gateLine({ completeness, gate }: BaseQualityReport): string {
  if (completeness === null || gate.passed === null) return 'No customers.';
  const verdict = gate.passed ? 'enough' : 'not enough';
  return `${share(completeness)} of the required fields are filled: ${verdict}, the policy asks for ${share(gate.needed)}`;
}

function revenueLines(report: BaseQualityReport, currency: string): readonly string[] {
  const { unattributed, unattributedShare } = report;
  if (unattributedShare === null) return ['No won revenue.'];
  const causes = entries(unattributed)
    .filter(([, { deals }]) => deals > 0)
    .map(
      ([cause, { deals, minor }]) =>
        `  ${cause}: ${counted(deals, 'deal')}, ${amount(minor, currency)}`,
    );
  return [`${share(unattributedShare)} of won revenue reaches no customer`, ...causes];
}

function entries<T>(of: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(of);
}
