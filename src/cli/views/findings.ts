import type { Finding } from '../../connector/account.ts';
import { assertNever } from '../../lib/assert-never.ts';
import { indent } from './table.ts';
import { displayWidth } from './width.ts';

/** `assay doctor`: one check a line, what to do below it. */
export function renderFindings(findings: readonly Finding[]): string {
  const width = Math.max(0, ...findings.map(({ check }) => displayWidth(check)));
  const lines = findings.map((finding, at) => {
    const line = renderFinding(finding, width);
    const { todo = '' } = finding;
    // The same advice for several in a row is given once, below the last.
    const isTold = todo === '' || todo === findings[at + 1]?.todo;
    return isTold ? line : `${line}\n${indent(`→ ${todo}`, width + 4)}`;
  });
  return [...lines, verdict(findings)].join('\n');
}

function renderFinding({ check, status, message }: Finding, width: number): string {
  return `${mark(status)} ${check}${' '.repeat(width - displayWidth(check))}  ${message}`;
}

function mark(status: Finding['status']): string {
  switch (status) {
    case 'ok':
      return '✓';
    case 'warning':
      return '!';
    case 'problem':
      return '✗';
    default:
      return assertNever(status);
  }
}

function verdict(findings: readonly Finding[]): string {
  const of = (wanted: Finding['status']) =>
    findings.filter(({ status }) => status === wanted).length;
  const bad = of('problem') + of('warning');
  if (bad === 0) return '\nAll is well';
  return `\n${of('ok')} ok, ${of('warning')} to look at, ${of('problem')} to put right`;
}
