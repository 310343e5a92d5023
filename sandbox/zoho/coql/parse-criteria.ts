import { errorNear, limitExceeded, syntaxError, unexpectedToken } from './coql-errors.ts';
import type { Comparison, Criterion, Literal, Operator } from './query.ts';
import type { TokenReader } from './token-reader.ts';

const MAX_CRITERIA = 25;
const MAX_IN_VALUES = 100;
const comparisons = ['=', '!=', '>', '>=', '<', '<='] as const;

/** Reads what follows `where`; more than two criteria stand in brackets in pairs (facts §4.2). */
export function parseCriteria(reader: TokenReader): Criterion {
  const criterion = parsePair(reader);
  if (countOf(criterion) > MAX_CRITERIA) throw limitExceeded('where', MAX_CRITERIA);
  return criterion;
}

function parsePair(reader: TokenReader): Criterion {
  const left = parseOperand(reader);
  const kind = conjunction(reader);
  if (kind === null) return left;
  const right = parseOperand(reader);
  if (reader.isAt('and') || reader.isAt('or')) throw errorNear(reader.peek());
  return { kind, left, right };
}

function conjunction(reader: TokenReader): 'and' | 'or' | null {
  if (reader.skip('and')) return 'and';
  return reader.skip('or') ? 'or' : null;
}

function parseOperand(reader: TokenReader): Criterion {
  if (!reader.skip('(')) return parseComparison(reader);
  if (reader.isAt('select')) throw syntaxError('given coql query not supported', {});
  const inner = parsePair(reader);
  reader.expect(')');
  return inner;
}

function parseComparison(reader: TokenReader): Comparison {
  const field = reader.word();
  const operator = parseOperator(reader);
  return { kind: 'comparison', field, operator, values: parseValues(reader, operator) };
}

function parseOperator(reader: TokenReader): Operator {
  for (const operator of comparisons) if (reader.skip(operator)) return operator;
  if (reader.skip('is', 'not', 'null')) return 'is not null';
  if (reader.skip('is', 'null')) return 'is null';
  const isNegative = reader.skip('not');
  if (reader.skip('like')) return isNegative ? 'not like' : 'like';
  if (reader.skip('in')) return isNegative ? 'not in' : 'in';
  if (reader.skip('between')) return isNegative ? 'not between' : 'between';
  const { kind, text } = reader.peek();
  if (isNegative) throw syntaxError('operator not supported', { operator: 'not' });
  if (kind === 'word' || text === '<>')
    throw syntaxError('operator not supported', { operator: text });
  throw unexpectedToken(reader.peek());
}

function parseValues(reader: TokenReader, operator: Operator): readonly Literal[] {
  switch (operator) {
    case 'is null':
    case 'is not null':
      return [];
    case 'between':
    case 'not between': {
      const low = parseLiteral(reader);
      reader.expect('and');
      return [low, parseLiteral(reader)];
    }
    case 'in':
    case 'not in':
      return parseList(reader);
    default:
      return [parseLiteral(reader)];
  }
}

function parseList(reader: TokenReader): readonly Literal[] {
  reader.expect('(');
  if (reader.isAt('select')) throw syntaxError('given coql query not supported', {});
  const values = [parseLiteral(reader)];
  while (reader.skip(',')) values.push(parseLiteral(reader));
  reader.expect(')');
  if (values.length > MAX_IN_VALUES) throw limitExceeded('in', MAX_IN_VALUES);
  return values;
}

function parseLiteral(reader: TokenReader): Literal {
  const token = reader.take();
  if (token.kind === 'text' || token.kind === 'number')
    return { kind: token.kind, text: token.text };
  const text = token.text.toLowerCase();
  if (token.kind === 'word' && (text === 'true' || text === 'false'))
    return { kind: 'boolean', text };
  throw unexpectedToken(token);
}

function countOf(criterion: Criterion): number {
  return criterion.kind === 'comparison' ? 1 : countOf(criterion.left) + countOf(criterion.right);
}
