import type { RunReport } from '../run/report.ts';
import { type ExitCode, exitCodeOfOutcome } from './exit-code.ts';
import type { Screen } from './screen.ts';
import { renderRunReport } from './views/run-report.ts';

/** Prints a stage's report; the shell gets its outcome. */
export function showReport(report: RunReport, screen: Screen): ExitCode {
  screen.result(report, () => renderRunReport(report));
  return exitCodeOfOutcome(report.outcome);
}
