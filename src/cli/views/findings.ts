import type { Finding } from '../../connector/account.ts';
import { assertNever } from '../../lib/assert-never.ts';
import { indent } from './table.ts';
import { displayWidth } from './width.ts';

/** `assay doctor`: one check a line, what to do below it. */
export function renderFindings(findings: readonly Finding[]): string {
  const width = Math.max(0, ...findings.map(({ check }) => displayWidth(check)));
  return [...findings.map((finding) => renderFinding(finding, width)), verdict(findings)].join(
    '\n',
  );
}

function renderFinding({ check, status, message, todo }: Finding, width: number): string {
  const space = ' '.repeat(width - displayWidth(check));
  const line = `${mark(status)} ${check}${space}  ${message}`;
  return todo === undefined || todo === '' ? line : `${line}\n${indent(`→ ${todo}`, width + 4)}`;
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
