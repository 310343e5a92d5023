import { z } from 'zod';
import { bulkError, moduleNotAvailable } from './bulk-errors.ts';
import { parseCsv, separatorOf } from './csv.ts';
import { isModuleName, type ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { parseInput } from './parse-input.ts';
import { mappedColumns, type WriteColumn } from './write-columns.ts';
import { type FieldMapping, mapping, operations, type WriteOperation } from './write-mapping.ts';
import type { ZippedText } from './zip.ts';

const callback = z.object({ url: z.string(), method: z.string() }).nullish();
const requestSchema = z.object({
  operation: z.enum(operations),
  ignore_empty: z.boolean().default(false),
  callback,
  resource: z
    .array(
      z.object({
        type: z.literal('data').default('data'),
        module: z.object({ api_name: z.string() }),
        file_id: z.string(),
        find_by: z.string().optional(),
        ignore_empty: z.boolean().optional(),
        field_mappings: z.array(mapping).optional(),
      }),
    )
    .min(1),
});

const MAX_ROWS = 25_000;
const MAX_COLUMNS = 200;

/** What a bulk write is asked for, checked; only its rows can be wrong now. */
export interface BulkWriteRequest {
  readonly operation: WriteOperation;
  readonly module: ModuleName;
  readonly columns: readonly WriteColumn[];
  /** The column by which records are found; `null` for an insert. */
  readonly findBy: string | null;
  readonly ignoreEmpty: boolean;
  readonly fileName: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** As the job's description repeats it. */
  readonly fieldMappings: readonly FieldMapping[];
  readonly callback: z.output<typeof callback>;
}

/** Reads a body, or throws with the code that Zoho's SDK knows for what is wrong in it. */
export function readBulkWrite(org: Org, body: unknown): BulkWriteRequest {
  const parsed = parseInput(requestSchema, body);
  const [resource, ...others] = parsed.resource;
  if (resource === undefined || others.length > 0)
    throw bulkError('COEXISTENCE_NOT_ALLOWED', 'one module per job', { api_name: 'resource' });
  const module = resource.module.api_name;
  if (!isModuleName(module)) throw moduleNotAvailable(module);
  const file = uploadedFile(org, resource.file_id);
  const [header = [], ...rows] = parseCsv(file.text, separatorOf(file.text));
  checkSize(header, rows.length);
  const { operation } = parsed;
  const findBy = operation === 'insert' ? null : (resource.find_by ?? null);
  const { columns, fieldMappings } = mappedColumns(org, {
    ...{ module, operation, findBy, header },
    mappings: resource.field_mappings,
  });
  return {
    ...{ operation, module, columns, findBy, header, rows, fieldMappings },
    ignoreEmpty: resource.ignore_empty ?? parsed.ignore_empty,
    fileName: file.name,
    callback: parsed.callback,
  };
}

function uploadedFile(org: Org, id: string): ZippedText {
  const upload = org.uploads.get(id);
  if (upload === undefined) throw bulkError('INVALID_FILE_ID', 'improper file id');
  const [file, ...others] = upload.files;
  if (file === undefined || others.length > 0 || !file.name.toLowerCase().endsWith('.csv'))
    throw bulkError('FILE_NOT_SUPPORTED', 'File not supported for bulk write');
  return file;
}

function checkSize(header: readonly string[], rows: number): void {
  if (header.length > MAX_COLUMNS)
    throw bulkError('HEADER_LIMIT_EXCEEDED', 'too many columns', { limit: MAX_COLUMNS });
  if (rows > MAX_ROWS) throw bulkError('LIMIT_EXCEEDED', 'too many rows', { limit: MAX_ROWS });
}
