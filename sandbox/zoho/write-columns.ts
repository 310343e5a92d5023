import { bulkError } from './bulk-errors.ts';
import type { FieldDefinition } from './field.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { FieldMapping, WriteOperation } from './write-mapping.ts';

/** A field that a job writes, and the column it takes the value from. */
export interface WriteColumn {
  readonly field: FieldDefinition;
  /** Of the column; `null` when the value is always the default one. */
  readonly index: number | null;
  /** As in the file's first line; errors name it. */
  readonly header: string;
  /** Stands in for an empty cell. */
  readonly fallback: unknown;
}

interface Mapped {
  readonly module: ModuleName;
  readonly operation: WriteOperation;
  readonly findBy: string | null;
  readonly header: readonly string[];
  readonly mappings: readonly FieldMapping[] | undefined;
}

/** Resolves the mappings; without any, the header's names are api names. */
export function mappedColumns(org: Org, mapped: Mapped) {
  const fieldMappings =
    mapped.mappings ?? mapped.header.map((api_name, index) => ({ api_name, index }));
  const columns = fieldMappings.map((mapping) => columnOf(org, mapped, mapping));
  const names = columns.map(({ field }) => field.apiName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw bulkError('DUPLICATE_DATA', 'a field is mapped twice', { api_name: twice });
  checkFindBy(org, mapped, names);
  checkMandatory(org, mapped, names);
  return { columns, fieldMappings };
}

function columnOf(org: Org, mapped: Mapped, mapping: FieldMapping): WriteColumn {
  const { api_name: apiName, index = null, default_value } = mapping;
  const field = org.schema.field(mapped.module, apiName);
  const isKey = apiName === mapped.findBy;
  if (field === undefined || field.isHidden || apiName === 'Tag' || (field.isReadOnly && !isKey))
    throw bulkError('INVALID_FIELD', `invalid mapping. invalid api_name ${apiName}.`, {
      api_name: apiName,
    });
  const fallback = default_value?.value ?? null;
  if (index === null && fallback === null)
    throw bulkError(
      'MANDATORY_NOT_FOUND',
      `required key index for field ${apiName} is not found in request body.`,
      { api_name: apiName },
    );
  const header = index === null ? apiName : mapped.header[index];
  if (header === undefined)
    throw bulkError('COLUMN_INDEX_NOT_FOUND', 'no such column in the file', { index });
  return { field, index, header, fallback };
}

/** Records are found by their id or by a unique field, which has to be in the file. */
function checkFindBy(
  org: Org,
  { operation, module, findBy }: Mapped,
  names: readonly string[],
): void {
  if (operation === 'insert') return;
  if (findBy === null)
    throw bulkError('MANDATORY_NOT_FOUND', 'required key find_by is not found in request body.', {
      api_name: 'find_by',
    });
  const isKey = findBy === 'id' || org.schema.field(module, findBy)?.isUnique === true;
  if (!isKey || !names.includes(findBy))
    throw bulkError('INVALID_FIELD', `invalid find_by ${findBy}.`, { api_name: 'find_by' });
}

function checkMandatory(org: Org, { operation, module }: Mapped, names: readonly string[]): void {
  if (operation === 'update') return;
  const missing = org.schema
    .fields(module)
    .find(({ isMandatory, apiName }) => isMandatory && !names.includes(apiName));
  if (missing !== undefined)
    throw bulkError(
      'MANDATORY_FIELDS_NOT_MAPPED',
      'All mandatory fields are not mapped for the layout',
      { api_name: missing.apiName },
    );
}
