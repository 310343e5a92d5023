import type { Request } from 'express';
import { ZohoError } from './errors.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { invalidParameter, parameter, requiredParameter } from './parameters.ts';
import { instantHeader } from './write-request.ts';

const MAX_FIELDS = 50;
const MAX_PAGE = 200;
const sortFields = ['id', 'Created_Time', 'Modified_Time'] as const;
const orders = ['asc', 'desc'] as const;
const convertedChoices = ['false', 'true', 'both'] as const;

export type SortField = (typeof sortFields)[number];

/** What a list request asks for, whatever its page. */
export interface ListQuery {
  readonly module: ModuleName;
  readonly fields: readonly string[];
  readonly perPage: number;
  readonly sortBy: SortField;
  readonly sortOrder: (typeof orders)[number];
  /** `null`: all. */
  readonly ids: readonly string[] | null;
  readonly cvid: string | null;
  readonly converted: (typeof convertedChoices)[number];
  /** Of If-Modified-Since, epoch milliseconds: only records modified later. */
  readonly since: number | null;
}

/** Reads and checks the parameters of `GET /{module}` (facts §4.1). */
export function parseListQuery(org: Org, req: Request, module: ModuleName): ListQuery {
  const cvid = parameter(req, 'cvid') ?? null;
  if (cvid !== null && org.customViews.byId(cvid)?.module !== module)
    throw invalidParameter('cvid');
  if (cvid !== null && parameter(req, 'sort_by') !== undefined) throw ambiguous('cvid', 'sort_by');
  return {
    module,
    fields: fieldsOf(req),
    perPage: pageSize(req),
    sortBy: choiceOf(req, 'sort_by', sortFields, 'id'),
    sortOrder: choiceOf(req, 'sort_order', orders, 'desc'),
    ids: parameter(req, 'ids')?.split(',') ?? null,
    cvid,
    converted: choiceOf(req, 'converted', convertedChoices, 'false'),
    since: instantHeader(req, 'If-Modified-Since') ?? null,
  };
}

/** `fields`, mandatory on every list and at most fifty. */
export function fieldsOf(req: Request): readonly string[] {
  const fields = requiredParameter(req, 'fields').split(',');
  const names = fields.map((name) => name.trim()).filter((name) => name !== '');
  if (names.length > MAX_FIELDS) throw tooMuch('fields', MAX_FIELDS);
  return names;
}

/** `per_page`, 200 unless told and no more than that. */
export function pageSize(req: Request): number {
  const size = wholeNumber(req, 'per_page', MAX_PAGE);
  if (size > MAX_PAGE) throw tooMuch('per_page', MAX_PAGE);
  return size;
}

/** A parameter that counts from one. */
export function wholeNumber(req: Request, name: string, fallback: number): number {
  const text = parameter(req, name) ?? String(fallback);
  if (!/^[1-9]\d{0,8}$/.test(text)) throw invalidParameter(name);
  return Number(text);
}

export function ambiguous(...names: readonly string[]): ZohoError {
  const message = 'ambiguity while processing the request';
  const parameters = names.map((name) => ({ param_name: name }));
  return new ZohoError(400, 'AMBIGUITY_DURING_PROCESSING', message, {
    ambiguity_due_to: parameters,
  });
}

function tooMuch(name: string, limit: number): ZohoError {
  const message = 'the limit of the parameter is exceeded';
  return new ZohoError(400, 'LIMIT_EXCEEDED', message, { limit, param_name: name });
}

function choiceOf<T extends string>(
  req: Request,
  name: string,
  choices: readonly T[],
  fallback: T,
): T {
  const text = parameter(req, name);
  const found = text === undefined ? fallback : choices.find((choice) => choice === text);
  if (found === undefined) throw invalidParameter(name);
  return found;
}
