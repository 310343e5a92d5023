import {
  emptyAlias,
  errorNear,
  invalidData,
  invalidQuery,
  limitExceeded,
  missingClause,
  syntaxError,
  unexpectedToken,
} from './coql-errors.ts';
import { parseCriteria } from './parse-criteria.ts';
import {
  type Aggregate,
  aggregates,
  type OrderColumn,
  type Query,
  type SelectColumn,
} from './query.ts';
import { TokenReader } from './token-reader.ts';

/** What one query may have at most (facts §1, §4.2). */
const MOST = { select: 500, 'group by': 4, 'order by': 10, aggregates: 5 } as const;
const DEFAULT_LIMIT = 200;
/** Rows that can be reached by limit and offset together. */
const MAX_DEPTH = 100_000;

/** Reads a query, or throws what Zoho answers to one that is none. `maxRows`: the highest LIMIT. */
export function parseQuery(text: string, maxRows = 2_000): Query {
  const reader = new TokenReader(text);
  if (!reader.skip('select')) throw syntaxError('given coql query not supported', {});
  const columns = parseList(reader, 'select', parseColumn);
  if (columns.filter((column) => column.aggregate !== null).length > MOST.aggregates)
    throw limitExceeded('aggregates', MOST.aggregates);
  if (!reader.skip('from')) throw clauseExpected(reader, 'from');
  const module = reader.word();
  if (reader.isAt('#')) throw syntaxError('given coql query not supported', {});
  if (!reader.skip('where')) throw clauseExpected(reader, 'where');
  const where = parseCriteria(reader);
  const groupBy = reader.skip('group', 'by')
    ? parseList(reader, 'group by', (from) => from.word())
    : [];
  const orderBy = reader.skip('order', 'by') ? parseList(reader, 'order by', parseOrder) : [];
  const window = parseWindow(reader, maxRows);
  reader.expectEnd();
  return { columns, module, where, groupBy, orderBy, ...window };
}

/** Where a clause is missing, the query ends or goes on with one that comes later. */
function clauseExpected(reader: TokenReader, clause: string) {
  const isLater = ['where', 'group', 'order', 'limit', 'offset'].some((word) => reader.isAt(word));
  return reader.peek().kind === 'end' || isLater
    ? missingClause(clause)
    : unexpectedToken(reader.peek());
}

function parseList<T>(
  reader: TokenReader,
  clause: keyof typeof MOST,
  parse: (reader: TokenReader) => T,
): readonly T[] {
  const found = [parse(reader)];
  while (reader.skip(',')) found.push(parse(reader));
  if (found.length > MOST[clause]) throw limitExceeded(clause, MOST[clause]);
  return found;
}

function parseColumn(reader: TokenReader): SelectColumn {
  const name = reader.word();
  if (!reader.skip('(')) return { field: name, aggregate: null, alias: parseAlias(reader, name) };
  const field = reader.word();
  reader.expect(')');
  const aggregate = aggregateOf(name, field);
  return { field, aggregate, alias: parseAlias(reader, field) };
}

function aggregateOf(name: string, field: string): Aggregate {
  const found = aggregates.find((aggregate) => aggregate === name.toUpperCase());
  if (found !== undefined) return found;
  const column = `${name}(${field})`;
  throw invalidData('invalid data', { reason: 'unsupported aggregate function', column });
}

function parseAlias(reader: TokenReader, field: string): string | null {
  const isNamed = reader.skip('as');
  const { kind, text } = reader.peek();
  if (!isNamed) return null;
  if (kind === 'text' && text === '') throw emptyAlias(field);
  if (kind !== 'word' && kind !== 'text') throw unexpectedToken(reader.peek());
  return reader.take().text;
}

function parseOrder(reader: TokenReader): OrderColumn {
  const name = reader.word();
  const column = reader.skip('(') ? `${name.toUpperCase()}(${reader.word()})` : name;
  if (column !== name) reader.expect(')');
  const descending = reader.skip('desc');
  if (!descending) reader.skip('asc');
  return { column, descending };
}

/** `limit 200`, `limit 200 offset 400` and `limit 400, 200` (offset first). */
function parseWindow(reader: TokenReader, maxRows: number) {
  const { limit, offset } = readWindow(reader);
  if (limit < 1) throw invalidData('limit should be greater than 0');
  if (offset < 0) throw invalidQuery({ offset }, 'offset given seems to be invalid');
  if (limit > maxRows) throw limitExceeded('limit', maxRows);
  if (offset + limit > MAX_DEPTH) throw limitExceeded('offset', MAX_DEPTH);
  return { limit, offset };
}

function readWindow(reader: TokenReader) {
  const first = reader.skip('limit') ? parseCount(reader, 'limit') : DEFAULT_LIMIT;
  if (reader.skip(',')) return { limit: parseCount(reader, 'limit'), offset: first };
  return { limit: first, offset: reader.skip('offset') ? parseCount(reader, 'offset') : 0 };
}

function parseCount(reader: TokenReader, clause: 'limit' | 'offset'): number {
  const token = reader.take();
  if (token.kind === 'end') throw errorNear(token);
  if (token.kind === 'number' && Number.isSafeInteger(Number(token.text)))
    return Number(token.text);
  throw invalidQuery({ [clause]: token.text }, `${clause} given seems to be invalid`);
}
