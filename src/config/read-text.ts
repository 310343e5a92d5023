import { readFileSync } from 'node:fs';
import { AssayError } from '../domain/assay-error.ts';

/**
 * A file of the operator's as text.
 * @throws AssayError `CONFIG_MISSING` (refuse to start) when it cannot be read.
 */
export function readText(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new AssayError(
      'CONFIG_MISSING',
      'refuse-to-start',
      `Cannot read ${shown} (${why})`,
      'Start assay in the folder that holds config/, or name the file with --config, --policy, ASSAY_CONFIG or ASSAY_POLICY.',
      { cause },
    );
  }
}
