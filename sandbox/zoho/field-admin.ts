import type { FieldDefinition } from './field.ts';
import type { FieldPatch } from './field-rules.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';

/** Changes a field; after a new api name the records' values are found under it. */
export function updateField(
  org: Org,
  module: ModuleName,
  id: string,
  patch: FieldPatch,
): FieldDefinition {
  const before = org.schema.byId(module, id);
  const field = org.schema.update(module, id, patch);
  if (before !== undefined && before.apiName !== field.apiName)
    org.records[module].moveField(before.apiName, field.apiName);
  return field;
}

/** Takes a field away with all its values. */
export function deleteField(org: Org, module: ModuleName, id: string): void {
  const field = org.schema.delete(module, id);
  org.records[module].moveField(field.apiName, null);
}
