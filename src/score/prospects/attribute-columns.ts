import { isSensitive } from '../../domain/sensitive-attributes.ts';
import { Column } from '../column.ts';
import { attributeValue } from './attribute-value.ts';

/** Stands for an unknown value in a column. */
const NO_VALUE = -1;

/** One attribute of everybody in the base; values are held as their numbers. */
export type AttributeColumn = {
  readonly name: string;
  /** By number. */
  readonly values: readonly string[];
  /** The value's number, or -1 where it is unknown: equal positions with the base's columns. */
  readonly numbers: Float64Array;
};

/**
 * The attributes that prospects are found by, of everybody in the base: 8 bytes each. Sensitive ones
 * are left out, whatever the policy says.
 */
export class AttributeColumns {
  readonly #columns: readonly {
    readonly name: string;
    readonly numbers: Column;
    readonly known: Map<string, number>;
  }[];

  constructor(names: readonly string[]) {
    this.#columns = names
      .filter((name) => !isSensitive(name))
      .map((name) => ({ name, numbers: new Column(), known: new Map<string, number>() }));
  }

  add(attributes: Readonly<Record<string, string>>): void {
    for (const { name, numbers, known } of this.#columns) {
      const value = attributeValue(attributes, name);
      if (value === null) {
        numbers.push(NO_VALUE);
        continue;
      }
      const number = known.get(value) ?? known.size;
      known.set(value, number);
      numbers.push(number);
    }
  }

  /** What was taken in so far. */
  columns(): readonly AttributeColumn[] {
    return this.#columns.map(({ name, numbers, known }) => ({
      name,
      values: [...known.keys()],
      numbers: numbers.values(),
    }));
  }
}
