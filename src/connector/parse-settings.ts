import type { z } from 'zod';
import { AssayError } from '../domain/assay-error.ts';

/**
 * A connection's `settings` block.
 * @throws AssayError `SETTINGS_INVALID` (refuse to start) naming every problem at once.
 */
export function parseSettings<T>(schema: z.ZodType<T>, settings: unknown, crm: string): T {
  const parsed = schema.safeParse(settings ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `settings${issue.path.map((key) => `.${String(key)}`).join('')}: ${saidOf(issue)}`,
  );
  throw new AssayError(
    'SETTINGS_INVALID',
    'refuse-to-start',
    `Settings of the ${crm} connection: ${problems.join('; ')}`,
    `Correct them in config/assay.yaml; connectors/${crm}/BEHAVIOR.md describes each.`,
  );
}

/** What is wrong with a key stands inside its issue, and what is absent is best called that. */
function saidOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => message).join('; ');
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing';
  return issue.message;
}
