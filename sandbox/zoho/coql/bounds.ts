import { compareIds } from '../record-store.ts';
import type { Columns } from './column.ts';
import { type Checked, checkComparison } from './predicate.ts';
import type { Criterion } from './query.ts';

/** A place in the order by modified time, then id. */
export interface Position {
  readonly modifiedAt: number;
  readonly id: string;
}

/** Where the records that can satisfy a criterion lie: what is outside need not be looked at. */
export interface Bounds {
  /** Both ends included. */
  readonly modified: readonly [number, number];
  readonly ids: readonly [string, string];
  /** Nothing before it, in the order by modified time and id. */
  readonly start: Position;
  /** The only ids there can be. */
  readonly named: ReadonlySet<string> | null;
}

const FIRST_ID = '';
const LAST_ID = '9'.repeat(30);

const everything: Bounds = {
  modified: [-Infinity, Infinity],
  ids: [FIRST_ID, LAST_ID],
  start: { modifiedAt: -Infinity, id: FIRST_ID },
  named: null,
};

export function boundsOf(columns: Columns, criterion: Criterion): Bounds {
  if (criterion.kind === 'comparison') return boundsOfOne(checkComparison(columns, criterion));
  const left = boundsOf(columns, criterion.left);
  const right = boundsOf(columns, criterion.right);
  return criterion.kind === 'and' ? both(left, right) : either(left, right);
}

function boundsOfOne(checked: Checked): Bounds {
  if (checked.field === 'id') return idBounds(checked);
  return checked.field === 'Modified_Time' ? modifiedBounds(checked) : everything;
}

function modifiedBounds({ operator, operands }: Checked): Bounds {
  const [first = 0, second = first] = operands.map(Number);
  const from = (low: number, high: number): Bounds => ({
    ...everything,
    modified: [low, high],
    start: { modifiedAt: low, id: FIRST_ID },
  });
  switch (operator) {
    case '=':
      return from(first, first);
    // Times are whole milliseconds.
    case '>':
      return from(first + 1, Infinity);
    case '>=':
      return from(first, Infinity);
    case '<':
    case '<=':
      return from(-Infinity, first);
    case 'between':
      return from(first, second);
    default:
      return everything;
  }
}

function idBounds({ operator, operands }: Checked): Bounds {
  const texts = operands.map(String);
  const [first = FIRST_ID, second = first] = texts;
  switch (operator) {
    case '=':
    case 'in':
      return { ...everything, named: new Set(texts) };
    case '>':
    case '>=':
      return { ...everything, ids: [first, LAST_ID] };
    case '<':
    case '<=':
      return { ...everything, ids: [FIRST_ID, first] };
    case 'between':
      return { ...everything, ids: [first, second] };
    default:
      return everything;
  }
}

function both(a: Bounds, b: Bounds): Bounds {
  const modifiedFrom = Math.max(a.modified[0], b.modified[0]);
  const idFrom = laterId(a.ids[0], b.ids[0]);
  const corner = { modifiedAt: modifiedFrom, id: idFrom };
  return {
    modified: [modifiedFrom, Math.min(a.modified[1], b.modified[1])],
    ids: [idFrom, earlierId(a.ids[1], b.ids[1])],
    start: later(corner, later(a.start, b.start)),
    named: a.named ?? b.named,
  };
}

function either(a: Bounds, b: Bounds): Bounds {
  return {
    modified: [Math.min(a.modified[0], b.modified[0]), Math.max(a.modified[1], b.modified[1])],
    ids: [earlierId(a.ids[0], b.ids[0]), laterId(a.ids[1], b.ids[1])],
    start: later(a.start, b.start) === a.start ? b.start : a.start,
    named: a.named === null || b.named === null ? null : new Set([...a.named, ...b.named]),
  };
}

export function comparePositions(a: Position, b: Position): number {
  if (a.modifiedAt !== b.modifiedAt) return a.modifiedAt < b.modifiedAt ? -1 : 1;
  return compareIds(a.id, b.id);
}

function later(a: Position, b: Position): Position {
  return comparePositions(a, b) >= 0 ? a : b;
}

function laterId(a: string, b: string): string {
  return compareIds(a, b) >= 0 ? a : b;
}

function earlierId(a: string, b: string): string {
  return compareIds(a, b) >= 0 ? b : a;
}
