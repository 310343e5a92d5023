import type { ResultFacts } from '../domain/result.ts';
import { amountText } from './phrases.ts';
import type { FactReader, FactTexts } from './texts/shape.ts';

/** What facts are read in. */
export type FactFrame = { readonly currency: string; readonly months: number };

/** A code's text over its facts; `null` where there is none, or a fact that it names is missing. */
export function factText(
  { code, facts }: { readonly code: string; readonly facts: ResultFacts },
  frame: FactFrame,
  texts: FactTexts,
): string | null {
  const write = texts[code];
  if (write === undefined) return null;
  const reader = new Reader(facts, frame);
  const text = write(reader);
  return reader.isComplete ? text : null;
}

/** Remembers whether it was asked for what is not there: half a sentence is worse than none. */
class Reader implements FactReader {
  readonly months: number;
  readonly #facts: ResultFacts;
  readonly #currency: string;
  #isComplete = true;

  constructor(facts: ResultFacts, { currency, months }: FactFrame) {
    this.#facts = facts;
    this.#currency = currency;
    this.months = months;
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

  #read(name: string): string | number {
    const found = this.#facts[name];
    if (found === undefined) this.#isComplete = false;
    return found ?? 0;
  }
}
