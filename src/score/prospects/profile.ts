import type { ProspectProfile } from '../../policy/cut-points.ts';
import type { BaseColumns } from '../base-columns.ts';
import { highFrom } from '../quadrant-cut.ts';
import { valueHistogram, valueScores } from '../value-histogram.ts';
import type { AttributeColumn } from './attribute-columns.ts';

/** Values of an attribute that a profile holds, those of most customers first. */
const MOST_VALUES = 500;

/** Customers with a value, and how many of them are among the best. */
type Count = { readonly value: string; all: number; top: number };

/**
 * What tells the best customers from the rest [D9]: for each value of the policy's attributes, how
 * many times likelier than anybody of the base one with it is among the best,
 * (best with it + k · overall) / (with it + k) / overall, where overall is the share of the best and k
 * the policy's shrinkage. The best are `prospects.topShare` of the base by value score, equal scores
 * never parted. `null` where the base is smaller than `prospects.minimumBase` or has no best.
 */
export function prospectProfile(
  base: BaseColumns,
  spend: readonly number[],
): ProspectProfile | null {
  const { minimumBase, topShare, shrinkage } = base.policy.prospects;
  const from = highFrom(valueHistogram(base, spend), topShare);
  if (base.size < minimumBase || from === null) return null;
  const isTop = Array.from(valueScores(base, spend), (score) => score !== null && score >= from);
  const top = isTop.filter((is) => is).length;
  const overall = top / base.size;
  const liftOf = (count: Count): number =>
    (count.top + shrinkage * overall) / (count.all + shrinkage) / overall;
  const lifts = base.attributes
    .columns()
    .map((column) => [
      column.name,
      Object.fromEntries(counts(column, isTop).map((count) => [count.value, liftOf(count)])),
    ]);
  return { customers: base.size, top, lifts: Object.fromEntries(lifts) };
}

/** By value, ties by its text: not by who came first. */
function counts({ values, numbers }: AttributeColumn, isTop: readonly boolean[]): readonly Count[] {
  const found = values.map((value) => ({ value, all: 0, top: 0 }));
  for (const [at, number] of numbers.entries()) {
    const count = found[number];
    if (count === undefined) continue;
    count.all += 1;
    if (isTop[at] === true) count.top += 1;
  }
  return found
    .sort((one, other) => other.all - one.all || (one.value < other.value ? -1 : 1))
    .slice(0, MOST_VALUES);
}
