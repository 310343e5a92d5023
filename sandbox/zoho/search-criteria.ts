import { assertNever } from '../../src/lib/assert-never.ts';
import { ZohoError } from './errors.ts';
import { invalidParameter } from './parameters.ts';

const comparators = [
  ...['equals', 'not_equal', 'starts_with', 'contains', 'in', 'between'],
  ...['greater_than', 'greater_equal', 'less_than', 'less_equal'],
] as const;
type Comparator =
  | ('equals' | 'not_equal' | 'starts_with' | 'contains' | 'in' | 'between')
  | ('greater_than' | 'greater_equal' | 'less_than' | 'less_equal');

/** One condition, or several joined; of `and` and `or` beside each other, `and` binds first. */
export type Criteria =
  | {
      readonly kind: 'condition';
      readonly field: string;
      readonly comparator: Comparator;
      /** As written; several of them for `in` and `between`. */
      readonly values: readonly string[];
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Criteria[] };

/** Conditions of one search (facts §4.5). */
const MOST_CONDITIONS = 15;
const CONDITION = /^([A-Za-z_]\w*):(\w+):((?:\\.|[^()\\])*)/;
const JOINT = /^\s*(and|or)\s*/i;

/** Reads `((Last_Name:equals:Doe)and(Email:starts_with:a))`. */
export function parseCriteria(text: string): Criteria {
  const reader = new Reader(text);
  const criteria = reader.joined();
  if (!reader.isAtEnd) throw invalidParameter('criteria');
  return criteria;
}

class Reader {
  #rest: string;
  #conditions = 0;

  constructor(text: string) {
    this.#rest = text.trim();
  }

  get isAtEnd(): boolean {
    return this.#rest === '';
  }

  joined(): Criteria {
    const groups: Criteria[][] = [[this.#one()]];
    for (let joint = this.#joint(); joint !== undefined; joint = this.#joint()) {
      if (joint === 'or') groups.push([this.#one()]);
      else groups.at(-1)?.push(this.#one());
    }
    return group(
      'or',
      groups.map((parts) => group('and', parts)),
    );
  }

  #one(): Criteria {
    this.#rest = this.#rest.trimStart();
    if (!this.#rest.startsWith('(')) return this.#condition();
    this.#rest = this.#rest.slice(1);
    const criteria = this.joined();
    if (!this.#rest.startsWith(')')) throw invalidParameter('criteria');
    this.#rest = this.#rest.slice(1).trimStart();
    return criteria;
  }

  #joint(): 'and' | 'or' | undefined {
    const [whole = '', word = ''] = JOINT.exec(this.#rest) ?? [];
    if (whole === '') return undefined;
    this.#rest = this.#rest.slice(whole.length);
    return word.toLowerCase() === 'or' ? 'or' : 'and';
  }

  #condition(): Criteria {
    const [whole, field = '', word, text = ''] = CONDITION.exec(this.#rest) ?? [];
    const comparator = comparators.find((each) => each === word);
    if (whole === undefined || comparator === undefined) throw invalidParameter('criteria');
    this.#rest = this.#rest.slice(whole.length);
    this.#conditions += 1;
    if (this.#conditions > MOST_CONDITIONS) throw tooManyConditions();
    const isList = comparator === 'in' || comparator === 'between';
    const values = (isList ? text.split(',') : [text]).map(unescaped);
    return { kind: 'condition', field, comparator, values };
  }
}

/** Whether a value, as text and in lower case, meets a condition. Numbers are compared as such. */
export function meets(comparator: Comparator, value: string, wanted: readonly string[]): boolean {
  const [first = '', second = ''] = wanted;
  switch (comparator) {
    case 'equals':
      return value === first;
    case 'not_equal':
      return value !== first;
    case 'starts_with':
      return value.startsWith(first);
    case 'contains':
      return value.includes(first);
    case 'in':
      return wanted.includes(value);
    case 'between':
      return compare(value, first) >= 0 && compare(value, second) <= 0;
    case 'greater_than':
      return compare(value, first) > 0;
    case 'greater_equal':
      return compare(value, first) >= 0;
    case 'less_than':
      return compare(value, first) < 0;
    case 'less_equal':
      return compare(value, first) <= 0;
    default:
      return assertNever(comparator);
  }
}

function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a < b ? -1 : Number(a > b);
}

function group(kind: 'and' | 'or', parts: readonly Criteria[]): Criteria {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function unescaped(text: string): string {
  return text.trim().replaceAll(/\\(.)/g, '$1');
}

function tooManyConditions(): ZohoError {
  return new ZohoError(400, 'LIMIT_EXCEEDED', 'the criteria limit is exceeded', {
    ...{ limit: MOST_CONDITIONS, param_name: 'criteria' },
  });
}
