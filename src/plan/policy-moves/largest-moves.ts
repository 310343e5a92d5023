import type { RecordId } from '../../domain/ids.ts';
import type { Score } from '../../domain/score.ts';
import type { Language } from '../../policy/language.ts';
import type { Policy } from '../../policy/schema.ts';
import { reasonText } from '../../score/reason.ts';

/** A customer whom another policy puts into another tier. */
export type LargestMove = {
  readonly customerId: RecordId;
  readonly from: string | null;
  readonly to: string | null;
  /** Its net amount in the window of the policy to come, home minor units. */
  readonly netMinor: number;
  /** Value scores. */
  readonly valueBefore: number | null;
  readonly valueAfter: number | null;
  /** Why, by either policy. */
  readonly reasonBefore: string;
  readonly reasonAfter: string;
};

/** So many are shown. */
const most = 10;

type Move = { readonly before: Score; readonly after: Score };

/** Of all whose tier differs the ten with the largest net amounts; of the same size by id. */
export class LargestMoves {
  readonly #top: Move[] = [];

  add(before: Score, after: Score): void {
    if (before.tier === after.tier) return;
    const move = { before, after };
    const last = this.#top.at(-1);
    if (last !== undefined && this.#top.length === most && bySize(last, move) <= 0) return;
    const at = this.#top.findIndex((other) => bySize(other, move) > 0);
    this.#top.splice(at === -1 ? this.#top.length : at, 0, move);
    if (this.#top.length > most) this.#top.pop();
  }

  /** The largest first; only these few are put into words. */
  build(before: Policy, after: Policy, language: Language): readonly LargestMove[] {
    return this.#top.map(({ before: was, after: is }) => ({
      ...{ customerId: is.customerId, from: was.tier, to: is.tier },
      netMinor: is.netAmount.minor,
      ...{ valueBefore: was.value?.score ?? null, valueAfter: is.value?.score ?? null },
      reasonBefore: reasonText(was, before, language),
      reasonAfter: reasonText(is, after, language),
    }));
  }
}

function bySize({ after: one }: Move, { after: other }: Move): number {
  const bigger = Math.abs(other.netAmount.minor) - Math.abs(one.netAmount.minor);
  return bigger !== 0 ? bigger : one.customerId < other.customerId ? -1 : 1;
}
