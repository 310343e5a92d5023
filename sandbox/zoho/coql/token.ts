/** A piece of a query. Lines and columns count from 1. */
export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'symbol' | 'end';
  /** Of a text: what stands between the quotes, backslashes taken out. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}
