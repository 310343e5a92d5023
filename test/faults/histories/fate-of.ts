import type { Hint } from '../../../src/domain/hint.ts';
import { chanceOf } from '../bad-inputs/chance.ts';
import { shuffled } from '../kit/shuffled.ts';

/** What of webhooks comes, now and later. */
export type Delivery = { readonly now: readonly Hint[]; readonly late: readonly Hint[] };

/** Some are lost, some come twice or late, and in no order. */
export function fateOf(said: readonly Hint[], fate: number): Delivery {
  const chance = chanceOf(fate, 'webhooks');
  const now: Hint[] = [];
  const late: Hint[] = [];
  for (const hint of said) {
    if (chance.is(0.2)) continue;
    (chance.is(0.2) ? late : now).push(hint);
    if (chance.is(0.2)) now.push(hint);
    if (chance.is(0.2)) late.push({ ...hint, key: `${hint.key}:again` });
  }
  return { now: shuffled(now, fate), late: shuffled(late, fate) };
}
