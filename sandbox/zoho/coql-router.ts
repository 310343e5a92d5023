import { Router } from 'express';
import { z } from 'zod';
import type { Column } from './coql/column.ts';
import { invalidData } from './coql/coql-errors.ts';
import { parseQuery } from './coql/parse-query.ts';
import { runQuery } from './coql/run-query.ts';
import { ZohoError } from './errors.ts';
import { fieldWire } from './field-wire.ts';
import type { Org } from './org.ts';

/** What the facts leave open about COQL (README). */
export interface CoqlOptions {
  /** The highest LIMIT: 2,000 by the limitations page, 200 by the specification. Default 2,000. */
  readonly maxRows: number;
  /** Lookups and users with their names beside their ids. Default false. */
  readonly lookupNames: boolean;
}

const coqlDefaults: CoqlOptions = { maxRows: 2_000, lookupNames: false };
const bodySchema = z.looseObject({ select_query: z.string() });
const metaSchema = z.looseObject({ include_meta: z.array(z.unknown()).default([]) });

/** `POST /coql` (facts §4.2). */
export function coqlRouter(org: Org, options: Partial<CoqlOptions> = {}): Router {
  const { maxRows, lookupNames } = { ...coqlDefaults, ...options };
  const router = Router();
  router.post('/coql', (req, res) => {
    const includesFields = readMeta(req.body);
    const query = parseQuery(readQuery(req.body), maxRows);
    const { rows, moreRecords, columns } = runQuery(org, query, { lookupNames });
    if (rows.length === 0) {
      res.status(204).end();
      return;
    }
    const selected = query.columns.map(({ field }) => columns.find(field));
    const meta = includesFields ? { fields: fieldsOf(org, selected) } : {};
    res.json({ data: rows, ...meta, info: { count: rows.length, more_records: moreRecords } });
  });
  return router;
}

function fieldsOf(org: Org, columns: readonly Column[]) {
  return Object.fromEntries(
    columns.map(({ text, module, field }) => [text, fieldWire(org, module, field)]),
  );
}

function readQuery(body: unknown): string {
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return parsed.data.select_query;
  const details = { api_name: 'select_query' };
  throw new ZohoError(400, 'MANDATORY_NOT_FOUND', 'mandatory key not found', details);
}

/** Whether `include_meta: ["fields"]` asks for the fields' descriptions. */
function readMeta(body: unknown): boolean {
  const parsed = metaSchema.safeParse(body ?? {});
  if (!parsed.success)
    throw invalidData('invalid data', {
      expected_data_type: 'jsonarray',
      api_name: 'include_meta',
      json_path: '$.include_meta',
    });
  const wrong = parsed.data.include_meta.findIndex((value) => value !== 'fields');
  if (wrong >= 0)
    throw invalidData('invalid data', {
      api_name: 'include_meta',
      json_path: `$.include_meta[${wrong}]`,
      supported_values: ['fields'],
    });
  return parsed.data.include_meta.length > 0;
}
