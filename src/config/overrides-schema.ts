import { z } from 'zod';
import { overrideFamilies } from '../domain/override.ts';

/** By family (or `value_tier`), the attribute of the connection that holds a class given by hand. */
export const overridesSchema = z
  .partialRecord(z.enum(overrideFamilies), z.string().trim().min(1, 'name a mapped attribute'))
  .default({});

type Problem = { readonly code: 'custom'; readonly path: PropertyKey[]; readonly message: string };

/**
 * As far as it can be read: the rest of the file may be wrong. Settings are opaque to all but the
 * connector, but every connector maps attributes in this place.
 */
const part = z.object({
  connections: z.record(
    z.string(),
    z
      .object({
        overrides: z.record(z.string(), z.string()),
        settings: z
          .object({ fields: z.object({ attributes: z.record(z.string(), z.unknown()) }) })
          .catch({ fields: { attributes: {} } }),
      })
      .catch({ overrides: {}, settings: { fields: { attributes: {} } } }),
  ),
});

/** A field that gives classes is one of the connection's mapped attributes: others are never read. */
export function overrideFieldProblems(written: unknown): readonly Problem[] {
  const read = part.safeParse(written);
  if (!read.success) return [];
  return Object.entries(read.data.connections).flatMap(([name, { overrides, settings }]) => {
    const known = Object.keys(settings.fields.attributes);
    return Object.entries(overrides).flatMap(([family, attribute]) =>
      known.includes(attribute) ? [] : problem(name, family, attribute, known),
    );
  });
}

function problem(
  connection: string,
  family: string,
  attribute: string,
  known: readonly string[],
): Problem {
  const there = known.length === 0 ? 'none is mapped yet' : `mapped are ${known.join(', ')}`;
  return {
    code: 'custom',
    path: ['connections', connection, 'overrides', family],
    message: `\`${attribute}\` is not an attribute under \`settings.fields.attributes\`, so it is never read; ${there}`,
  };
}
