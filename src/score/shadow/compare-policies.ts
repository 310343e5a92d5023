import { areaReader } from '../backtest/area-under-curve.ts';
import type { Claim } from '../backtest/claims.ts';
import { heldReader, wholeOf } from '../backtest/held-by-best.ts';
import { rankingOf } from '../backtest/ranking.ts';
import type { FigureReader } from '../backtest/statistics.ts';
import { type Verdict, verdictsOn } from '../backtest/verdicts.ts';
import { everybodyOnce, type Weights } from '../backtest/weights.ts';
import { correlation } from '../clv/correlation.ts';
import { meanRanks } from './mean-ranks.ts';

/** A base by one policy: each customer's value score, −1 without one, and who is in the top tier. */
export type PolicyColumns = {
  readonly value: Float64Array;
  /** 1 or 0. */
  readonly isTop: Float64Array;
};

/** The same customers by both policies, and what they did next. */
export type ComparedColumns = {
  readonly champion: PolicyColumns;
  readonly challenger: PolicyColumns;
  /** Net of refunds, not below 0, in units of the currency; and 1 or 0 for who ordered. */
  readonly spend: Float64Array;
  readonly bought: Float64Array;
};

/** How a policy tells the future; shares 0–1, `null` where there is nothing to measure. */
export type PolicyFigures = {
  /** Share of the next net spend held by the best tenth and fifth by value score. */
  readonly top10: number | null;
  readonly top20: number | null;
  /** Whether the value score ranks who orders above who does not: 0.5 is a coin. */
  readonly auc: number | null;
  /** Share of the next net spend held by the top tier, and its mean spend in means of all. */
  readonly capture: number | null;
  readonly lift: number | null;
};

export type PolicyComparison = {
  readonly champion: PolicyFigures;
  readonly challenger: PolicyFigures;
  readonly verdicts: readonly Verdict[];
  /** Spearman's, of both value scores; `null` where one does not vary. */
  readonly rankCorrelation: number | null;
};

const resampling = { resamples: 200, seed: 1 };

const sides = ['champion', 'challenger'] as const;
const figures = ['top10', 'top20', 'auc', 'capture', 'lift'] as const;

export function comparePolicies(columns: ComparedColumns): PolicyComparison {
  const size = columns.spend.length;
  const read = readerOf(columns);
  const all = read(everybodyOnce(size));
  const side = (name: (typeof sides)[number]): PolicyFigures => {
    const of = (figure: (typeof figures)[number]) => all.get(`${figure}.${name}`) ?? null;
    return {
      ...{ top10: of('top10'), top20: of('top20'), auc: of('auc') },
      ...{ capture: of('capture'), lift: of('lift') },
    };
  };
  const { champion, challenger } = columns;
  return {
    champion: side('champion'),
    challenger: side('challenger'),
    verdicts: verdictsOn(claimsOn(columns), read, size, resampling),
    rankCorrelation: correlation(meanRanks(champion.value), meanRanks(challenger.value)),
  };
}

function readerOf(columns: ComparedColumns): FigureReader {
  const readers = sides.map((name) => ({ name, read: sideReader(columns, columns[name]) }));
  return (weights) =>
    new Map(
      readers.flatMap(({ name, read }) =>
        Object.entries(read(weights)).map(([figure, value]) => [`${figure}.${name}`, value]),
      ),
    );
}

function sideReader(
  { spend, bought }: ComparedColumns,
  { value, isTop }: PolicyColumns,
): (weights: Weights) => PolicyFigures {
  const ranking = rankingOf(value);
  const held = heldReader(ranking, spend, [0.1, 0.2]);
  const area = areaReader(ranking, bought);
  return (weights) => {
    const whole = wholeOf(spend, weights);
    const [top10 = null, top20 = null] = held(weights, whole);
    return { top10, top20, auc: area(weights), ...topTier(spend, isTop, weights) };
  };
}

function topTier(spend: Float64Array, isTop: Float64Array, weights: Weights) {
  let [customers, total, top, ofTop] = [0, 0, 0, 0];
  for (let row = 0; row < spend.length; row += 1) {
    const weight = weights[row] ?? 0;
    const amount = weight * (spend[row] ?? 0);
    const inTop = isTop[row] ?? 0;
    customers += weight;
    total += amount;
    top += weight * inTop;
    ofTop += amount * inTop;
  }
  const capture = total > 0 ? ofTop / total : null;
  return { capture, lift: capture === null || top === 0 ? null : capture / (top / customers) };
}

function claimsOn({ champion, challenger, spend }: ComparedColumns): readonly Claim[] {
  const count = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0);
  const inTop = Math.min(count(champion.isTop), count(challenger.isTop));
  const share = (percent: number) => `share of the next net spend held by the best ${percent} %`;
  return [
    claim('top10', share(10), 'share', spend.length),
    claim('top20', share(20), 'share', spend.length),
    claim('auc', 'AUC, who orders and who does not', 'chance', spend.length),
    claim('lift', 'mean next spend in the top tier, in means of all', 'orders', inTop),
  ];
}

function claim(
  figure: (typeof figures)[number],
  measure: string,
  unit: Claim['unit'],
  customers: number,
): Claim {
  return {
    ...{ key: `shadow.${figure}`, about: 'ranking', subject: 'The challenger', measure },
    ...{ baseline: 'the policy in force', figure: `${figure}.challenger` },
    ...{ against: `${figure}.champion`, better: 'higher', unit, customers },
    instead: 'by this measure keep what is in force',
  };
}
