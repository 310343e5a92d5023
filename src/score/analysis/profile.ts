import { isSensitive } from '../../domain/sensitive-attributes.ts';
import { attributeValue } from '../prospects/attribute-value.ts';

/** A value of an attribute among the best customers and among all who have a tier. */
export type Trait = {
  readonly attribute: string;
  readonly value: string;
  readonly customers: number;
  readonly best: number;
  /** How many times likelier one with it is among the best than anybody, shrunk. */
  readonly lift: number;
};

/** What the best customers have in common [D9]. */
export type BestProfile = {
  readonly customers: number;
  readonly best: number;
  /** By lift, then customers, then names. */
  readonly traits: readonly Trait[];
  /** Attributes with more values than make classes of customers; nothing is said of them. */
  readonly tooManyValues: readonly string[];
};

/** Values of an attribute that are told apart. */
const MOST_VALUES = 1_000;

type Count = { customers: number; best: number };

/** Counts attribute values; the sensitive ones never, whatever is mapped. */
export class ProfileCounts {
  readonly #attributes = new Map<string, Map<string, Count>>();
  readonly #tooMany = new Set<string>();
  readonly #sensitive = new Map<string, boolean>();
  #customers = 0;
  #best = 0;

  add(attributes: Readonly<Record<string, string>>, isBest: boolean): void {
    this.#customers += 1;
    if (isBest) this.#best += 1;
    for (const name of Object.keys(attributes)) {
      const value = attributeValue(attributes, name);
      if (value !== null && !this.#isSensitive(name)) this.#count(name, value, isBest);
    }
  }

  /** A value counts as if `shrinkage` average customers had it as well. `null` when nobody is best. */
  build(shrinkage: number): BestProfile | null {
    if (this.#best === 0) return null;
    const overall = this.#best / this.#customers;
    const traits = [...this.#attributes].flatMap(([attribute, values]) =>
      [...values].map(([value, { customers, best }]) => {
        const lift = (best + shrinkage * overall) / (customers + shrinkage) / overall;
        return { attribute, value, customers, best, lift };
      }),
    );
    return {
      customers: this.#customers,
      best: this.#best,
      traits: traits.sort(byLift),
      tooManyValues: [...this.#tooMany].sort(),
    };
  }

  /** Asked once a name, not once a customer. */
  #isSensitive(name: string): boolean {
    const known = this.#sensitive.get(name) ?? isSensitive(name);
    this.#sensitive.set(name, known);
    return known;
  }

  #count(name: string, value: string, isBest: boolean): void {
    if (this.#tooMany.has(name)) return;
    const values = this.#attributes.get(name) ?? new Map<string, Count>();
    this.#attributes.set(name, values);
    const count = values.get(value) ?? { customers: 0, best: 0 };
    values.set(value, count);
    count.customers += 1;
    if (isBest) count.best += 1;
    if (values.size <= MOST_VALUES) return;
    this.#attributes.delete(name);
    this.#tooMany.add(name);
  }
}

function byLift(one: Trait, other: Trait): number {
  const difference = other.lift - one.lift || other.customers - one.customers;
  if (difference !== 0) return difference;
  const [left, right] = [`${one.attribute}\0${one.value}`, `${other.attribute}\0${other.value}`];
  return left < right ? -1 : 1;
}
