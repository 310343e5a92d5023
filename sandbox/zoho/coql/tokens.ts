import { syntaxError } from './coql-errors.ts';
import type { Token } from './token.ts';

const patterns = [
  ['space', /\s+/y],
  ['word', /[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['text', /'(?:[^'\\]|\\.)*'/sy],
  ['symbol', /!=|>=|<=|<>|[=<>(),*#.]/y],
] as const;

/** Cuts a query into pieces; the last one is always of kind `end`. */
export function tokenize(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < query.length) {
    const [kind, raw] = pieceAt(query, position);
    if (kind !== 'space')
      tokens.push({ kind, text: plain(kind, raw), ...placeOf(query, position) });
    position += raw.length;
  }
  return [...tokens, { kind: 'end', text: '', ...placeOf(query, query.length) }];
}

function pieceAt(query: string, position: number) {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = position;
    const found = pattern.exec(query)?.[0];
    if (found !== undefined) return [kind, found] as const;
  }
  const near = query.slice(position, position + 20);
  throw syntaxError('unexpected token', { ...placeOf(query, position), near });
}

function plain(kind: string, raw: string): string {
  return kind === 'text' ? raw.slice(1, -1).replace(/\\(.)/gs, '$1') : raw;
}

function placeOf(query: string, position: number) {
  const before = query.slice(0, position);
  const line = before.split('\n').length;
  return { line, column: position - before.lastIndexOf('\n') };
}
