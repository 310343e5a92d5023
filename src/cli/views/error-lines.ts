/** An error of ours, whether thrown or told by a report. */
export type ErrorLines = { readonly code: string; readonly message: string; readonly todo: string };

/** What was wrong, what to do, and where more is written. */
export function renderErrorLines({ code, message, todo }: ErrorLines): string {
  return `✗ ${message}\n  → ${todo}\n  ${code}, see ${runbookOf(code)}`;
}

/** Where the runbook speaks of a code. */
export function runbookOf(code: string): string {
  return `docs/runbook.md#${code.toLowerCase()}`;
}
