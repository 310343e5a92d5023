import { z } from 'zod';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { RecordPlace } from './record-place.ts';

const tags = z.array(z.object({ name: z.string() })).nullable();

/**
 * The tags that a record's own `Tag: [{name}]` names: they replace those it had, unknown ones are
 * made, and what is over the cap of a record is dropped without a word (facts §6).
 */
export function tagIds(
  org: Org,
  module: ModuleName,
  input: unknown,
  at: RecordPlace,
): readonly string[] {
  const parsed = tags.safeParse(input);
  if (!parsed.success) throw at.invalid('Tag', { expected_data_type: 'jsonarray' });
  const ids = (parsed.data ?? []).map(
    ({ name }) => (org.tags.byName(module, name) ?? org.tags.create(module, name)).id,
  );
  return [...new Set(ids)].slice(0, org.tags.caps.perRecord);
}
