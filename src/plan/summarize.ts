import type { ChangePriority, MembershipChange } from '../domain/change.ts';
import type { ListSpec } from '../domain/list.ts';
import type { ListSummary, PlanCost, PlanMove, PlanSummary } from '../domain/plan.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import { type CostFrame, planCost } from './plan-cost.ts';
import type { ProposedChange } from './plan-customer.ts';
import { PlanWarnings } from './plan-warnings.ts';
import type { ScoredCustomer } from './scored-customer.ts';
import { TierMoves } from './tier-moves.ts';
import { TopMoves } from './top-moves.ts';

/** What a summary needs besides the changes. */
export type SummaryFrame = CostFrame & {
  /** Lists whose members we keep. */
  readonly lists: readonly ListSpec[];
  /** Members of each list now, by key. */
  readonly sizes: Readonly<Record<string, number>>;
  /** The policy's tiers, best first. */
  readonly tiers: readonly string[];
};

type Steps = { readonly add: number; readonly remove: number };

/** Adds up a plan's summary while its customers stream by. */
export class PlanSummarizer {
  readonly #frame: SummaryFrame;
  readonly #moves = new TierMoves();
  readonly #top: TopMoves;
  readonly #warnings = new PlanWarnings();
  readonly #steps = new Map<string, Steps>();
  readonly #fields = new Map<string, number>();
  readonly #priorities: Record<ChangePriority, number> = { tier: 0, score: 0, fact: 0 };
  #customers = 0;
  #changes = 0;

  constructor(frame: SummaryFrame) {
    this.#frame = frame;
    this.#top = new TopMoves(frame.tiers);
  }

  /** Takes one compared customer with what `changeOf` and `membershipChangesOf` found. */
  add(
    scored: ScoredCustomer,
    change: ProposedChange | null,
    memberships: readonly MembershipChange[],
  ): void {
    this.#customers += 1;
    this.#moves.add(scored);
    this.#top.add(scored);
    this.#warnings.add(scored.score);
    for (const { listKey, action } of memberships) this.#step(listKey, action);
    if (change === null) return;
    this.#changes += 1;
    this.#priorities[change.priority] += 1;
    for (const { key } of change.fields) this.#fields.set(key, (this.#fields.get(key) ?? 0) + 1);
  }

  /** A warning of the caller's own. */
  warn(message: string): void {
    this.#warnings.warn(message);
  }

  /** The largest changes of tier, in words. */
  topMoves(policy: Policy, language: Language): readonly PlanMove[] {
    return this.#top.build(policy, language);
  }

  build(): PlanSummary {
    return {
      customers: this.#customers,
      changes: this.#changes,
      changesByPriority: { ...this.#priorities },
      changesByField: Object.fromEntries(this.#fields),
      tierMoves: this.#moves.build(),
      lists: this.#frame.lists.map((list) => this.#listSummary(list)),
      cost: this.#cost(),
      warnings: this.#warnings.build(),
    };
  }

  #step(listKey: string, action: MembershipChange['action']): void {
    const steps = this.#stepsOf(listKey);
    this.#steps.set(listKey, { ...steps, [action]: steps[action] + 1 });
  }

  #stepsOf(listKey: string): Steps {
    return this.#steps.get(listKey) ?? { add: 0, remove: 0 };
  }

  #listSummary({ key, name }: ListSpec): ListSummary {
    return { key, name, members: this.#frame.sizes[key] ?? 0, ...this.#stepsOf(key) };
  }

  #cost(): PlanCost {
    const forLists = [...this.#steps.values()].map(({ add, remove }) => add + remove);
    return planCost(this.#frame, this.#changes, forLists);
  }
}
