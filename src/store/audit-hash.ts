import { createHash } from 'node:crypto';

/** Hash before the first row of a chain. */
export const beforeFirst = '';

/** What a row's hash is over, besides the hash before it; `facts` is canonical JSON. */
type ToldRow = {
  readonly chain: string;
  readonly position: number;
  /** As ISO text in UTC with milliseconds. */
  readonly at: string;
  readonly actor: string;
  readonly kind: string;
  readonly facts: string;
  readonly commitment: string;
};

/** What erasure takes out of a row. */
export type TakenOut = {
  readonly detail: string;
  readonly salt: string;
  /** Ids of the customers it is about. */
  readonly customers: readonly string[];
};

/** SHA-256 as hex of the hash before it and of all that a row tells. */
export function hashOf(before: string, row: ToldRow): string {
  const { chain, position, at, actor, kind, facts, commitment } = row;
  return sha256(JSON.stringify([before, chain, position, at, actor, kind, facts, commitment]));
}

/** Empty where there is no detail; salted, so that nobody finds a taken-out detail by guessing. */
export function commitmentOf(taken: TakenOut | null): string {
  if (taken === null) return '';
  return sha256(JSON.stringify([taken.salt, taken.customers, taken.detail]));
}

/** Keys in order, so that the same facts are the same text, whoever wrote them down. */
export function canonicalJson(value: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
