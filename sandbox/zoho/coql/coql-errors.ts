import { ZohoError } from '../errors.ts';
import type { Token } from './token.ts';

type Details = Readonly<Record<string, unknown>>;

/** 400 `SYNTAX_ERROR`: the text is no query (facts §4.2). */
export function syntaxError(message: string, details: Details): ZohoError {
  return new ZohoError(400, 'SYNTAX_ERROR', message, details);
}

export function missingClause(clause: string): ZohoError {
  return syntaxError('missing clause', { clause });
}

export function unexpectedToken({ line, column, text }: Token): ZohoError {
  return syntaxError('unexpected token', { line, column, near: text });
}

/** A third criterion without brackets, and whatever else stands where nothing may. */
export function errorNear({ text }: Token): ZohoError {
  return syntaxError('error occured while parsing the query', { near: text });
}

/** 400 `INVALID_QUERY`: well formed, and not answerable. */
export function invalidQuery(details: Details, message = 'Invalid query formed'): ZohoError {
  return new ZohoError(400, 'INVALID_QUERY', message, details);
}

/** A field that does not exist, or that the token's user may not see: the two look alike. */
export function unknownColumn(column: string): ZohoError {
  return invalidQuery({ column_name: column, reason: 'column given seems to be invalid' });
}

export function unsupportedColumn(column: string): ZohoError {
  return invalidQuery({ column_name: column }, 'unsupported column');
}

export function invalidOperator(column: string, operator: string): ZohoError {
  const reason = 'invalid operator found';
  return invalidQuery({ reason, column_name: column, operator });
}

export function invalidData(message: string, details: Details = {}): ZohoError {
  return new ZohoError(400, 'INVALID_DATA', message, details);
}

/** 400 `LIMIT_EXCEEDED`: more than one query may have of something (facts §4.2). */
export function limitExceeded(clause: string, limit: number): ZohoError {
  const message = `${clause} exceeds the allowed limit`;
  return new ZohoError(400, 'LIMIT_EXCEEDED', message, { clause, limit });
}

/** 400 `INVALID_ALIAS`. */
export function emptyAlias(column: string): ZohoError {
  const message = 'alias name cannot be an empty string';
  return new ZohoError(400, 'INVALID_ALIAS', message, { column_name: column, alias: '' });
}
