/** The functions over many rows that COQL knows (facts §4.2). */
export const aggregates = ['COUNT', 'SUM', 'AVG', 'MIN', 'MAX'] as const;
export type Aggregate = (typeof aggregates)[number];

/** How a criterion compares a column with its values. */
export const operators = [
  ...(['=', '!=', '>', '>=', '<', '<=', 'like', 'not like', 'in', 'not in'] as const),
  ...(['between', 'not between', 'is null', 'is not null'] as const),
] as const;
export type Operator = (typeof operators)[number];

/** A value as written. Digits stay text: an id is more than a JavaScript number holds. */
export interface Literal {
  readonly kind: 'text' | 'number' | 'boolean';
  readonly text: string;
}

/** `Email`, `Account_Name.Industry as Trade` or `COUNT(id)`. */
export interface SelectColumn {
  /** Api name, or two of them with a dot between: a field of the record a lookup leads to. */
  readonly field: string;
  readonly aggregate: Aggregate | null;
  readonly alias: string | null;
}

export interface Comparison {
  readonly kind: 'comparison';
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly Literal[];
}

/** Criteria come in pairs: more than two need brackets (facts §4.2). */
export interface Pair {
  readonly kind: 'and' | 'or';
  readonly left: Criterion;
  readonly right: Criterion;
}

export type Criterion = Comparison | Pair;

export interface OrderColumn {
  /** A field, an alias, or an aggregate as written in `select`. */
  readonly column: string;
  readonly descending: boolean;
}

/** One COQL query as parsed: well formed, its names not looked up yet. */
export interface Query {
  readonly columns: readonly SelectColumn[];
  readonly module: string;
  readonly where: Criterion;
  readonly groupBy: readonly string[];
  readonly orderBy: readonly OrderColumn[];
  readonly limit: number;
  readonly offset: number;
}

/** The name under which a column stands in a row. */
export function columnKey({ field, aggregate, alias }: SelectColumn): string {
  return alias ?? (aggregate === null ? field : `${aggregate}(${field})`);
}
