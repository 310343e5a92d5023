import { z } from 'zod';
import { type BulkCriteria, bulkCriteria, compileBulkCriteria } from './bulk-criteria.ts';
import { bulkError, moduleNotAvailable } from './bulk-errors.ts';
import { Columns } from './coql/column.ts';
import type { Predicate } from './coql/predicate.ts';
import { isModuleName, type ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { parseInput } from './parse-input.ts';
import { isConverted } from './record-values.ts';
import { visibleNames } from './record-view.ts';

const moduleName = z.object({ api_name: z.string() });
const requestSchema = z.object({
  callback: z.object({ url: z.string(), method: z.string() }).optional(),
  query: z.object({
    module: moduleName,
    fields: z.array(z.string()).optional(),
    criteria: bulkCriteria.nullish(),
    cvid: z.unknown().optional(),
    page: z.number().int().optional(),
    page_token: z.string().optional(),
  }),
  file_type: z.string().default('csv'),
});
type Requested = z.output<typeof requestSchema>['query'];

/** What a bulk read is asked for, checked. */
export interface BulkReadQuery {
  readonly module: ModuleName;
  /** In the order of the columns. */
  readonly fields: readonly string[];
  readonly matches: Predicate;
  readonly page: number;
  readonly pageToken: string | null;
  /** Tells whether a page token belongs to this query. */
  readonly key: string;
  /** As the job's description shows it. */
  readonly shown: Readonly<Record<string, unknown>>;
}

/** Reads a body, or throws with the code that Zoho's SDK knows for what is wrong in it. */
export function readBulkReadQuery(org: Org, body: unknown): BulkReadQuery {
  const { query, file_type } = parseInput(requestSchema, body);
  const module = query.module.api_name;
  if (!isModuleName(module)) throw moduleNotAvailable(module);
  checkRest(query, file_type);
  const fields = query.fields ?? visibleNames(org, module);
  checkFields(org, module, fields);
  const { page = 1, page_token: pageToken = null, criteria = null } = query;
  return {
    ...{ module, fields, page, pageToken, matches: matcher(org, module, criteria) },
    key: JSON.stringify([module, fields, criteria]),
    shown: { module: { api_name: module }, ...shownOf(query), page },
  };
}

function checkRest({ page, page_token, cvid }: Requested, fileType: string): void {
  if (fileType !== 'csv') throw bulkError('INVALID_REQUEST', 'file_type seems to be invalid');
  if ((cvid ?? null) !== null) throw bulkError('CVID_NOT_SUPPORTED', 'cvid is not supported');
  if (page !== undefined && page_token !== undefined)
    throw bulkError('PAGE_NOT_SUPPORTED', 'page and page_token exclude each other');
  if (page !== undefined && page < 1) throw bulkError('PAGE_RANGE_EXCEEDED', 'no such page');
}

function checkFields(org: Org, module: ModuleName, fields: readonly string[]): void {
  const visible = new Set(visibleNames(org, module));
  const unknown = fields.find((name) => !visible.has(name));
  if (unknown !== undefined)
    throw bulkError('FIELD_NOT_AVAILABLE', 'the field is not available', { field: unknown });
}

function matcher(org: Org, module: ModuleName, criteria: BulkCriteria | null): Predicate {
  const matches =
    criteria === null ? () => true : compileBulkCriteria(new Columns(org, module), criteria);
  // Hidden unless asked for, which a bulk read has no way to (facts §9).
  return module === 'Leads' ? (lead) => !isConverted(lead) && matches(lead) : matches;
}

function shownOf({ fields, criteria }: Requested): Readonly<Record<string, unknown>> {
  return {
    ...(fields === undefined ? {} : { fields }),
    ...(criteria === null || criteria === undefined ? {} : { criteria }),
  };
}
