import type { z } from 'zod';
import { AssayError } from '../domain/assay-error.ts';

/**
 * A connection's `settings` block.
 * @throws AssayError `SETTINGS_INVALID` (refuse to start) naming every problem at once.
 */
export function parseSettings<T>(schema: z.ZodType<T>, settings: unknown, crm: string): T {
  const parsed = schema.safeParse(settings ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `settings${path.map((key) => `.${String(key)}`).join('')}: ${message}`,
  );
  throw new AssayError(
    'SETTINGS_INVALID',
    'refuse-to-start',
    `Settings of the ${crm} connection: ${problems.join('; ')}`,
    `Correct them in config/assay.yaml; connectors/${crm}/BEHAVIOR.md describes each.`,
  );
}
