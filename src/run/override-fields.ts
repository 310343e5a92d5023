import { hash } from 'node:crypto';
import { isOverrideFamily, type OverrideFields } from '../domain/override.ts';
import { entriesOf } from '../policy/class-catalogue.ts';
import type { Policy } from '../policy/schema.ts';
import type { RunContext } from './context.ts';

/** The attributes of the connection's own CRM that hold classes which people gave. */
export function overrideFields({
  connection,
  population,
}: Pick<RunContext, 'connection' | 'population'>): OverrideFields {
  return population.connections.find(({ id }) => id === connection)?.overrides ?? {};
}

/**
 * Marks whom another setting, or another name of a class, concerns: neither changes the policy's
 * version nor any record. Before a scoring takes over its marks.
 */
export async function noteOverrideFields(ctx: RunContext): Promise<void> {
  const fields = overrideFields(ctx);
  const attributes = [...new Set(Object.values(fields))].sort();
  await ctx.store.overrides.noteFields(ctx.connection, {
    attributes,
    rules: attributes.length === 0 ? '' : rulesOf(fields, ctx.policy),
  });
}

/** All that a field's text is read by. */
function rulesOf(fields: OverrideFields, policy: Policy): string {
  const read = Object.entries(fields)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([family, attribute]) => [
      family,
      attribute,
      isOverrideFamily(family)
        ? entriesOf(policy, family).map(({ key, label }) => [key, label.en, label.zh])
        : [],
      policy.retired.filter((one) => one.family === family),
    ]);
  return hash('sha256', JSON.stringify(read)).slice(0, 12);
}
