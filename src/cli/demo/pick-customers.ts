import type { ConnectionId, RecordId } from '../../domain/ids.ts';
import type { Score } from '../../domain/score.ts';
import type { Store } from '../../store/store.ts';

/** Why a customer is worth a look. */
export type PickedCustomer = { readonly why: string; readonly id: RecordId };

type Choice = {
  readonly why: string;
  /** The higher the better; `null`: not of this kind. */
  readonly rank: (score: Score) => number | null;
};

const choices: readonly Choice[] = [
  {
    why: 'The best customer',
    rank: ({ value, netAmount }) => ranked(value?.score, netAmount.minor),
  },
  {
    why: 'Bought often and much, but not lately: at risk',
    rank: ({ rfm, netAmount }) =>
      rfm !== null && rfm.recency <= 2 && rfm.frequency >= 4 && rfm.monetary >= 4
        ? netAmount.minor
        : null,
  },
  {
    why: 'Gave much back',
    rank: ({ signals: { refundedEver, netEver } }) =>
      refundedEver !== 0 && netEver > 0 ? Math.abs(refundedEver) : null,
  },
];

/** Three customers that show what a score is made of; fewer where there are none of a kind. */
export async function pickCustomers(
  store: Store,
  connection: ConnectionId,
): Promise<readonly PickedCustomer[]> {
  const scores = await allScores(store, connection);
  const picks: PickedCustomer[] = [];
  for (const { why, rank } of choices) {
    const taken = new Set(picks.map(({ id }) => id));
    const best = bestOf(
      scores.filter(({ customerId }) => !taken.has(customerId)),
      rank,
    );
    if (best !== null) picks.push({ why, id: best });
  }
  return picks;
}

/** By score first, by amount among equals. */
function ranked(score: number | undefined, minor: number): number | null {
  return score === undefined ? null : score * 1e12 + minor;
}

function bestOf(scores: readonly Score[], rank: Choice['rank']): RecordId | null {
  let best: { readonly id: RecordId; readonly rank: number } | null = null;
  for (const score of scores) {
    const at = rank(score);
    if (at !== null && (best === null || at > best.rank)) best = { id: score.customerId, rank: at };
  }
  return best?.id ?? null;
}

const pageSize = 500;

async function allScores(store: Store, connection: ConnectionId): Promise<readonly Score[]> {
  const all: Score[] = [];
  for (;;) {
    const after = all.at(-1)?.customerId ?? null;
    const page = await store.scores.page(connection, { after, limit: pageSize });
    all.push(...page.map(({ score }) => score));
    if (page.length < pageSize) return all;
  }
}
