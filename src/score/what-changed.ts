import type { Score, Signals } from '../domain/score.ts';

/** Why a customer's score became another. */
export const changeCauses = [
  'policy',
  'cut-points',
  'orders',
  'facts',
  'word',
  'left-out',
  'time',
] as const;
export type ChangeCause = (typeof changeCauses)[number];

/** A score with what it was made by. */
export type MadeScore = {
  readonly policyVersion: string;
  readonly cuts: number | null;
  readonly score: Score;
};

const orderFacts = [
  'orders',
  'netEver',
  'refundedEver',
  'firstOrderOn',
  'problems',
] as const satisfies readonly (keyof Signals)[];

const otherFacts = [
  'duesKnown',
  'duesOnTime',
  'referrals',
  'referralsBought',
  'eventsInvited',
  'eventsAttended',
] as const satisfies readonly (keyof Signals)[];

/**
 * All that differs between a score and the one after it. Time alone is what is left when nothing else
 * does; it has always passed as well.
 */
export function whatChanged(before: MadeScore, after: MadeScore): readonly ChangeCause[] {
  const found = new Set<ChangeCause>();
  const add = (cause: ChangeCause, differs: boolean) => {
    if (differs) found.add(cause);
  };
  const [one, other] = [before.score, after.score];
  add('policy', before.policyVersion !== after.policyVersion);
  add('cut-points', before.cuts !== after.cuts);
  add('orders', differ(one.signals, other.signals, orderFacts));
  add('facts', differ(one.signals, other.signals, otherFacts));
  add('word', wordOf(one) !== wordOf(other));
  add('left-out', leftOutOf(one) !== leftOutOf(other));
  add('time', found.size === 0);
  return changeCauses.filter((cause) => found.has(cause));
}

function differ(one: Signals, other: Signals, keys: readonly (keyof Signals)[]): boolean {
  return keys.some((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]));
}

/** What people decided that shows in it. */
function wordOf({ held, classes, tier }: Score): string {
  const given = Object.entries(classes).filter(([, { code }]) => code === 'override');
  const keys = given.map(([family, { key }]) => `${family}=${key}`);
  return JSON.stringify([held?.named === undefined ? null : [tier, held.named], keys]);
}

function leftOutOf({ optedOut, outOfScope = null }: Score): string {
  return JSON.stringify([optedOut, outOfScope?.code ?? null]);
}
