import { parseInstant } from '../instant.ts';
import type { StoredValue } from '../record.ts';
import { compareIds } from '../record-store.ts';
import { invalidQuery } from './coql-errors.ts';
import type { Literal, Operator } from './query.ts';
import type { ValueKind } from './value-kind.ts';

/** A literal as stored values are compared with it. */
export type Operand = string | number | boolean;

/** What a literal means beside a column of this kind; `undefined` when it means nothing there. */
function operandOf(kind: ValueKind, { kind: written, text }: Literal): Operand | undefined {
  switch (kind) {
    case 'id':
    case 'lookup':
      return /^\d+$/.test(text) ? text : undefined;
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return written === 'boolean' || written === 'text' ? booleanOf(text) : undefined;
    case 'instant':
      return written === 'text' ? parseInstant(text) : undefined;
    case 'day':
      return written === 'text' && /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined;
    default:
      return written === 'text' ? text : undefined;
  }
}

function booleanOf(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

export function readOperand(
  kind: ValueKind,
  literal: Literal,
  column: string,
  operator: Operator,
): Operand {
  const operand = operandOf(kind, literal);
  if (operand !== undefined) return operand;
  const details = { column_name: column, operator, value: literal.text };
  throw invalidQuery({ ...details, reason: 'invalid value found' });
}

/** Orders two values of one kind; ids as numbers, everything else as it stands. */
export function compareValues(kind: ValueKind, a: StoredValue, b: Operand): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (kind === 'id' || kind === 'lookup') return compareIds(String(a), String(b));
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
