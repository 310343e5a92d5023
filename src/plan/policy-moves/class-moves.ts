import { classFamilies, type FamilyKey } from '../../domain/classes.ts';
import type { Score } from '../../domain/score.ts';

/** Customers of a family who go from one class to another; `none` is no class. */
export type ClassMove = {
  readonly family: FamilyKey;
  readonly from: string;
  readonly to: string;
  readonly customers: number;
};

/** Counts who changes class, by family. */
export class ClassMoves {
  readonly #moves = new Map<string, ClassMove>();

  add(before: Score, after: Score): void {
    for (const family of families) {
      const from = before.classes[family]?.key ?? 'none';
      const to = after.classes[family]?.key ?? 'none';
      if (from === to) continue;
      const key = `${family} ${from} ${to}`;
      const customers = (this.#moves.get(key)?.customers ?? 0) + 1;
      this.#moves.set(key, { family, from, to, customers });
    }
  }

  /** By family; most customers first. */
  build(): readonly ClassMove[] {
    return [...this.#moves.values()].toSorted(
      (one, other) =>
        families.indexOf(one.family) - families.indexOf(other.family) ||
        other.customers - one.customers ||
        one.from.localeCompare(other.from, 'en') ||
        one.to.localeCompare(other.to, 'en'),
    );
  }
}

const families: readonly FamilyKey[] = Object.keys(classFamilies).filter(isFamily);

function isFamily(key: string): key is FamilyKey {
  return key in classFamilies;
}
