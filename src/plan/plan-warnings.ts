import type { Score } from '../domain/score.ts';
import { partName } from '../score/phrases.ts';
import { reasonTexts } from '../score/reason-texts.ts';

const texts = reasonTexts.en;

/** Counts over a plan's customers what a person should know before it writes. */
export class PlanWarnings {
  readonly #unknown = new Map<string, number>();
  readonly #given: string[] = [];
  #buyers = 0;
  #withProblems = 0;
  #withoutTier = 0;
  #negative = 0;

  add(score: Score): void {
    const { signals, value, loyalty, tier, netAmount } = score;
    if (Object.keys(signals.problems).length > 0) this.#withProblems += 1;
    if (signals.orders === 0) return;
    this.#buyers += 1;
    if (tier === null) this.#withoutTier += 1;
    if (netAmount.minor < 0) this.#negative += 1;
    for (const code of [...(value?.unknown ?? []), ...(loyalty?.unknown ?? [])])
      this.#unknown.set(code, (this.#unknown.get(code) ?? 0) + 1);
  }

  warn(message: string): void {
    this.#given.push(message);
  }

  build(): readonly string[] {
    return [
      ...this.#given,
      ...counted(this.#withProblems, 'with a won deal that could not be counted'),
      ...counted(this.#withoutTier, 'with too little known for a tier'),
      ...counted(this.#negative, 'with more refunds than purchases in the window'),
      ...this.#unknownForAll(),
    ];
  }

  #unknownForAll(): readonly string[] {
    return [...this.#unknown]
      .filter(([, customers]) => customers === this.#buyers)
      .map(
        ([code]) =>
          `${capital(partName(code, texts))}: unknown for all ${this.#buyers} buyers compared; its weight went to the other parts`,
      );
  }
}

function counted(customers: number, what: string): readonly string[] {
  if (customers === 0) return [];
  return [`${customers} ${customers === 1 ? 'customer' : 'customers'} ${what}`];
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
