import { z } from 'zod';
import { policySchema } from './schema.ts';
import { sectionTexts } from './section-texts.ts';

/** The policy file's JSON Schema, for editors: `config/policy.schema.json`. */
export function policyJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(policySchema, { io: 'input' });
  const sections = new Map(Object.entries({ ...schema.properties }));
  const described = Object.entries(sectionTexts).map(([name, description]) => [
    name,
    Object.assign({ description }, sections.get(name)),
  ]);
  return {
    title: 'Assay policy: how customers are scored, and what of it is written',
    ...schema,
    properties: Object.fromEntries(described),
  };
}

/** Every key the policy knows, for guessing what a misspelt one meant. */
export function policyKeys(): readonly string[] {
  const keys = new Set<string>();
  collect(policyJsonSchema(), keys);
  return [...keys];
}

function collect(part: unknown, into: Set<string>): void {
  if (typeof part !== 'object' || part === null) return;
  for (const [name, inner] of Object.entries(part)) {
    if (name === 'properties') for (const key of Object.keys(inner)) into.add(key);
    if (name === 'propertyNames') for (const key of inner.enum ?? []) into.add(key);
    collect(inner, into);
  }
}
