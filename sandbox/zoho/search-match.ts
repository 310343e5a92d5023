import type { Request } from 'express';
import type { FieldDefinition } from './field.ts';
import { parseInstant } from './instant.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { invalidParameter, parameter } from './parameters.ts';
import type { StoredRecord, StoredValue } from './record.ts';
import { valueReader } from './record-values.ts';
import { type Criteria, meets, parseCriteria } from './search-criteria.ts';

/** Whether a record is found. */
export type Match = (record: StoredRecord) => boolean;

/** The four ways to search, in the order in which Zoho prefers them. */
const ways = ['criteria', 'email', 'phone', 'word'] as const;

/** What a request searches for; nothing when it searches for nothing. */
export function searchOf(org: Org, module: ModuleName, req: Request): Match | undefined {
  const way = ways.find((each) => parameter(req, each) !== undefined);
  if (way === undefined) return undefined;
  const text = parameter(req, way) ?? '';
  if (way === 'criteria') return matchOf(org, module, parseCriteria(text));
  if (way === 'email') return inFields(org, module, isEmail, (value) => value === fold(text));
  if (way === 'phone') return inFields(org, module, isPhone, (value) => value === fold(text));
  return inFields(org, module, isText, (value) => value.includes(fold(text)));
}

function matchOf(org: Org, module: ModuleName, criteria: Criteria): Match {
  if (criteria.kind !== 'condition') {
    const parts = criteria.parts.map((part) => matchOf(org, module, part));
    if (criteria.kind === 'and') return (record) => parts.every((part) => part(record));
    return (record) => parts.some((part) => part(record));
  }
  const field = org.schema.field(module, criteria.field);
  if (field === undefined || field.isHidden) throw invalidParameter('criteria');
  const read = valueReader(org, module, field);
  const wanted = criteria.values.map((value) => asCompared(field, value));
  return (record) => {
    const value = read(record);
    return value !== null && meets(criteria.comparator, comparable(value), wanted);
  };
}

function inFields(
  org: Org,
  module: ModuleName,
  isOne: (field: FieldDefinition) => boolean,
  isFound: (value: string) => boolean,
): Match {
  const fields = org.schema.visible(module).filter(isOne);
  const readers = fields.map((field) => valueReader(org, module, field));
  return (record) =>
    readers.some((read) => {
      const value = read(record);
      return value !== null && isFound(comparable(value));
    });
}

/** Stored instants are milliseconds; searchers write them as text. */
function asCompared({ dataType }: FieldDefinition, text: string): string {
  const at = dataType === 'datetime' ? parseInstant(text) : undefined;
  return at === undefined ? fold(text) : String(at);
}

function comparable(value: Exclude<StoredValue, null>): string {
  return fold(typeof value === 'object' ? value.join(';') : String(value));
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}

function isEmail({ dataType }: FieldDefinition): boolean {
  return dataType === 'email';
}

function isPhone({ dataType }: FieldDefinition): boolean {
  return dataType === 'phone';
}

function isText({ dataType, apiName }: FieldDefinition): boolean {
  return apiName !== 'Tag' && ['text', 'textarea', 'email', 'phone', 'website'].includes(dataType);
}
