import type { ListSpec } from '../../domain/list.ts';
import type { Score } from '../../domain/score.ts';
import { listSpecs } from '../../policy/lists.ts';
import type { Policy } from '../../policy/schema.ts';
import { belongsOn } from '../plan-lists.ts';

/** Who is on a list under one policy and under another, whatever the CRM holds now. */
export type ListMove = {
  readonly key: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly in: number;
  readonly out: number;
};

type Listed = { readonly was: ListSpec | undefined; readonly is: ListSpec | undefined };

/** Counts members of every list that either policy has. */
export class ListMoves {
  readonly #before: Policy;
  readonly #after: Policy;
  readonly #lists: ReadonlyMap<string, Listed>;
  readonly #counts: Map<string, ListMove>;

  constructor(before: Policy, after: Policy) {
    this.#before = before;
    this.#after = after;
    const [was, is] = [listSpecs(before), listSpecs(after)];
    const keys = [...new Set([...is, ...was].map(({ key }) => key))];
    const named = (specs: readonly ListSpec[], key: string) =>
      specs.find((list) => list.key === key);
    this.#lists = new Map(keys.map((key) => [key, { was: named(was, key), is: named(is, key) }]));
    this.#counts = new Map(
      [...this.#lists].map(([key, { was: old, is: list }]) => {
        const name = list?.name ?? old?.name ?? key;
        return [key, { key, name, before: 0, after: 0, in: 0, out: 0 }];
      }),
    );
  }

  add(before: Score, after: Score): void {
    for (const [key, { was, is }] of this.#lists) {
      const wasOn = was !== undefined && belongsOn(before, was, this.#before);
      const isOn = is !== undefined && belongsOn(after, is, this.#after);
      if (wasOn || isOn) this.#count(key, wasOn, isOn);
    }
  }

  build(): readonly ListMove[] {
    return [...this.#counts.values()];
  }

  #count(key: string, wasOn: boolean, isOn: boolean): void {
    const counts = this.#counts.get(key);
    if (counts === undefined) return;
    this.#counts.set(key, {
      ...counts,
      before: counts.before + (wasOn ? 1 : 0),
      after: counts.after + (isOn ? 1 : 0),
      in: counts.in + (isOn && !wasOn ? 1 : 0),
      out: counts.out + (wasOn && !isOn ? 1 : 0),
    });
  }
}
