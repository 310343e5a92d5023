import { errorNear, unexpectedToken } from './coql-errors.ts';
import type { Token } from './token.ts';
import { tokenize } from './tokens.ts';

const END: Token = { kind: 'end', text: '', line: 1, column: 1 };

/** Goes through a query's tokens, one ahead. Keywords are the same in upper and lower case. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(query: string) {
    this.#tokens = tokenize(query);
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#next + ahead] ?? this.#tokens.at(-1) ?? END;
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  isAt(text: string): boolean {
    const { kind, text: found } = this.peek();
    return (kind === 'word' || kind === 'symbol') && found.toLowerCase() === text;
  }

  /** Takes the words or symbols if all of them come next, in this order. */
  skip(...texts: readonly string[]): boolean {
    const isThere = texts.every((text, ahead) => {
      const token = this.peek(ahead);
      return token.kind !== 'text' && token.text.toLowerCase() === text;
    });
    if (isThere) this.#next += texts.length;
    return isThere;
  }

  expect(text: string): void {
    if (!this.skip(text)) throw unexpectedToken(this.peek());
  }

  word(): string {
    const token = this.take();
    if (token.kind === 'word') return token.text;
    throw unexpectedToken(token);
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw errorNear(this.peek());
  }
}
