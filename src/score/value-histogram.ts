import { type BaseColumns, UNKNOWN } from './base-columns.ts';
import { mostPoints, scoreOf } from './combine.ts';
import { spendShare } from './spend.ts';

/** How many customers of the base have each value score, 0–100, under these spend thresholds. */
export function valueHistogram(base: BaseColumns, spend: readonly number[]): readonly number[] {
  const counts = new Array<number>(101).fill(0);
  const net = base.netMinor.values();
  const loyalty = base.loyalty.values();
  const credit = base.credit.values();
  const scoring = valueScores(base);
  for (const [at, netMinor] of net.entries()) {
    const score = scoring(
      spendShare(netMinor, spend),
      loyalty[at] ?? UNKNOWN,
      credit[at] ?? UNKNOWN,
    );
    if (score !== null) counts[score] = (counts[score] ?? 0) + 1;
  }
  return counts;
}

/** The same arithmetic as `valueScoreOf`, without its reasons: a million customers in one pass. */
function valueScores(base: BaseColumns) {
  const { weights } = base.policy.value;
  const known = new Map<number, readonly number[]>();
  return (spend: number, loyalty: number, credit: number): number | null => {
    const parts = [
      { weight: weights.spend, share: spend },
      { weight: weights.loyalty, share: loyalty === UNKNOWN ? null : loyalty / 100 },
      { weight: weights.credit, share: credit === UNKNOWN ? null : credit / 100 },
    ].filter(({ weight, share }) => weight > 0 && share !== null);
    if (parts.length === 0) return null;
    const mask = (loyalty === UNKNOWN ? 0 : 1) + (credit === UNKNOWN ? 0 : 2);
    const of = known.get(mask) ?? mostPoints(parts.map(({ weight }) => weight));
    known.set(mask, of);
    return scoreOf(parts.map(({ share }, at) => (of[at] ?? 0) * (share ?? 0)));
  };
}
