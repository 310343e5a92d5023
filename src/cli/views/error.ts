import { AssayError } from '../../domain/assay-error.ts';
import { renderErrorLines, runbookOf } from './error-lines.ts';

/** An error as `--json` prints it. */
export function errorDocument(error: unknown) {
  const { code, disposition, message, todo } = knownError(error);
  return { error: { code, disposition, message, todo, runbook: runbookOf(code) } };
}

/** An error for a person; the stack only when asked for. */
export function renderError(error: unknown, options: { readonly stack: boolean }): string {
  const lines = renderErrorLines(knownError(error));
  return options.stack ? `${lines}\n${stackOf(error)}` : lines;
}

function knownError(error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  return new AssayError(
    'UNEXPECTED',
    'reject',
    error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    'This is a fault in Assay: run it again with --debug and report what that prints. What was stored and written stays.',
    { cause: error },
  );
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
