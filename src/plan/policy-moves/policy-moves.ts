import type { TierMove } from '../../domain/plan.ts';
import type { Score } from '../../domain/score.ts';
import type { Language } from '../../policy/language.ts';
import type { Policy } from '../../policy/schema.ts';
import { TierMoves } from '../tier-moves.ts';
import { type ClassMove, ClassMoves } from './class-moves.ts';
import { type LargestMove, LargestMoves } from './largest-moves.ts';
import { type ListMove, ListMoves } from './list-moves.ts';

/** What one policy does with a base that another one scores now. Both on the same day. */
export type PolicyEffect = {
  readonly customers: number;
  /** Who changes tier, and whose value score is another. */
  readonly changeTier: number;
  readonly changeValue: number;
  /** By tier before and after, those who stay among them; net amounts by the policy to come. */
  readonly tiers: readonly TierMove[];
  readonly classes: readonly ClassMove[];
  readonly lists: readonly ListMove[];
  readonly largest: readonly LargestMove[];
};

/** Adds up what a policy does, while customers stream by. */
export class PolicyMoves {
  readonly #before: Policy;
  readonly #after: Policy;
  readonly #tiers = new TierMoves();
  readonly #classes = new ClassMoves();
  readonly #largest = new LargestMoves();
  readonly #lists: ListMoves;
  #customers = 0;
  #changeTier = 0;
  #changeValue = 0;

  constructor(before: Policy, after: Policy) {
    this.#before = before;
    this.#after = after;
    this.#lists = new ListMoves(before, after);
  }

  /** The same customer, by either policy. */
  add(before: Score, after: Score): void {
    this.#customers += 1;
    if (before.tier !== after.tier) this.#changeTier += 1;
    if (before.value?.score !== after.value?.score) this.#changeValue += 1;
    this.#tiers.add({ score: after, held: { value_tier: before.tier }, lists: [] });
    this.#classes.add(before, after);
    this.#lists.add(before, after);
    this.#largest.add(before, after);
  }

  build(language: Language): PolicyEffect {
    return {
      ...{ customers: this.#customers, changeTier: this.#changeTier },
      changeValue: this.#changeValue,
      tiers: this.#tiers.build(),
      classes: this.#classes.build(),
      lists: this.#lists.build(),
      largest: this.#largest.build(this.#before, this.#after, language),
    };
  }
}
