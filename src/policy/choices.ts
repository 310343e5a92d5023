import type { FamilyKey } from '../domain/classes.ts';
import type { ChoiceField } from '../domain/field-kinds.ts';

type Entry = { readonly key: string };

/** The policy's catalogues, as far as the values of choice fields follow from them. */
type Catalogues<E extends Entry> = {
  readonly tiers: { readonly classes: readonly E[]; readonly grades: readonly string[] };
  readonly serviceLevels: readonly E[];
  readonly strategies: readonly E[];
  readonly families: Readonly<Record<FamilyKey, { readonly classes: readonly E[] }>>;
};

/** A value that a choice field can have: its key, and what it is called after. */
export type Choice<E extends Entry> = {
  readonly key: string;
  readonly of: E;
  /** Sub-grade inside the tier. */
  readonly grade: string | null;
};

/** The values of a choice field, in the policy's order. */
export function choicesOf<E extends Entry>(
  field: ChoiceField,
  { tiers, serviceLevels, strategies, families }: Catalogues<E>,
): readonly Choice<E>[] {
  switch (field) {
    case 'value_tier':
      return plain(tiers.classes);
    case 'value_grade':
      return tiers.classes.flatMap((of) => graded(of, tiers.grades));
    case 'service_level':
      return plain(serviceLevels);
    case 'communication_strategy':
      return plain(strategies);
    default:
      return plain(families[field].classes);
  }
}

function plain<E extends Entry>(entries: readonly E[]): readonly Choice<E>[] {
  return entries.map((of) => ({ key: of.key, of, grade: null }));
}

/** `gold_a`, `gold_b`; a tier without grades is its own. */
function graded<E extends Entry>(of: E, grades: readonly string[]): readonly Choice<E>[] {
  if (grades.length === 0) return plain([of]);
  return grades.map((grade) => ({ key: `${of.key}_${grade}`, of, grade }));
}
