import { z } from 'zod';
import { isSensitive } from '../domain/sensitive-attributes.ts';

const attributeName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'must be lower-case letters, digits and underscores');

/**
 * The `attributes` of a connection's `fields`: the policy's name to the CRM's. Sensitive traits are
 * neither read nor scored on, whatever they are called here or there.
 */
export function mappedAttributes<T extends z.ZodType<string>>(fieldName: T) {
  return z.record(attributeName, fieldName).check(({ value, issues }) => {
    for (const [name, from] of Object.entries(value)) {
      const sensitive = [name, String(from)].find(isSensitive);
      if (sensitive !== undefined)
        issues.push({
          code: 'custom',
          input: from,
          path: [name],
          message: `“${sensitive}” is a sensitive trait: scores must not rest on it; take it out`,
        });
    }
  });
}
