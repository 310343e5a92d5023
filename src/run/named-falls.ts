import type { CustomerHistory } from '../domain/history.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Standing } from '../domain/result.ts';
import type { Score } from '../domain/score.ts';
import type { TierFall } from '../domain/work-event.ts';
import type { Policy } from '../policy/schema.ts';

/** Whom the policy names (`named`) and whose tier is lower than it stood; without saying who. */
export function namedFalls(
  { tiers: { classes } }: Policy,
  histories: readonly CustomerHistory[],
  scores: readonly Score[],
  standings: ReadonlyMap<RecordId, Standing>,
): readonly TierFall[] {
  const rank = (tier: string) => classes.findIndex(({ key }) => key === tier);
  const named = new Set(
    histories.flatMap(({ customerId, named: rule }) => (rule === null ? [] : [customerId])),
  );
  return scores.flatMap(({ customerId, tier: to, held }) => {
    // Whom a person moved did not fall.
    if (held?.code === 'override') return [];
    const from = standings.get(customerId)?.tier;
    if (!named.has(customerId) || from === undefined || to === null) return [];
    return rank(from) >= 0 && rank(to) > rank(from) ? [{ from, to }] : [];
  });
}
