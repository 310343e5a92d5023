import type { ResultFacts } from '../domain/result.ts';
import { amountText } from './phrases.ts';
import type { FactReader, FactTexts } from './texts/shape.ts';

/** A code's text over its facts; `null` where there is none, or a fact that it names is missing. */
export function factText(
  { code, facts }: { readonly code: string; readonly facts: ResultFacts },
  currency: string,
  texts: FactTexts,
): string | null {
  const write = texts[code];
  if (write === undefined) return null;
  const reader = new Reader(facts, currency);
  const text = write(reader);
  return reader.isComplete ? text : null;
}

/** Remembers whether it was asked for what is not there: half a sentence is worse than none. */
class Reader implements FactReader {
  readonly #facts: ResultFacts;
  readonly #currency: string;
  #isComplete = true;

  constructor(facts: ResultFacts, currency: string) {
    this.#facts = facts;
    this.#currency = currency;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  fact(name: string): string {
    return String(this.#read(name));
  }

  count(name: string): number {
    return Number(this.#read(name));
  }

  amount(name: string): string {
    return amountText(this.count(name), this.#currency);
  }

  has(name: string): boolean {
    return this.#facts[name] !== undefined;
  }

  each(write: (name: string, value: string) => string): readonly string[] {
    return Object.entries(this.#facts).map(([name, value]) => write(name, String(value)));
  }

  #read(name: string): string | number {
    const found = this.#facts[name];
    if (found === undefined) this.#isComplete = false;
    return found ?? 0;
  }
}
