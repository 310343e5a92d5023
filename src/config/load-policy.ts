import { parsePolicy } from '../policy/parse-policy.ts';
import type { Policy } from '../policy/schema.ts';
import { readText } from './read-text.ts';
import { shownPath } from './shown-path.ts';

/**
 * Reads the scoring policy.
 * @throws AssayError `POLICY_INVALID` with every problem's line, `CONFIG_MISSING`.
 */
export function loadPolicy(file: string, folder: string): Policy {
  const shown = shownPath(file, folder);
  return parsePolicy(readText(file, shown), shown);
}
