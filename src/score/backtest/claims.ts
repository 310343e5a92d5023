import type { GroupName } from './groups.ts';
import type { LoyaltyGroup } from './loyalty-groups.ts';

/** How a figure is written. */
export type FigureUnit = 'share' | 'chance' | 'orders' | 'money';

/** Something that is said of a score, to be held against what could be used in its place. */
export type Claim = {
  /** Stable, for example `top10.clv.past_spend`. */
  readonly key: string;
  /** The part of the report it belongs to. */
  readonly about: 'ranking' | 'chance' | 'orders' | 'spend' | 'tiers' | 'loyalty';
  /** In words: what is tested, by which figure, and against what. */
  readonly subject: string;
  readonly measure: string;
  readonly baseline: string;
  /** Names of figures, see `figureReader`. */
  readonly figure: string;
  readonly against: string;
  readonly better: 'higher' | 'lower';
  readonly unit: FigureUnit;
  /** What to do where the claim does not hold. */
  readonly instead: string;
  /** Customers it rests on: of two groups, those of the smaller. */
  readonly customers: number;
};

/** A claim about everybody. */
type BaseClaim = Omit<Claim, 'customers'>;

const rankers = {
  value_score: 'Value score',
  clv: 'CLV',
} as const;

const simplerRankers = { past_spend: 'past spend', recency: 'recency' } as const;

const baselines = {
  last_period: 'the same as last period',
  own_rate: 'each one’s own rate',
  recency: 'recency alone, its means set by what came',
} as const;

/** What claims are made of. */
type Claimed = {
  /** In the base. */
  readonly customers: number;
  /** Highest first. */
  readonly tiers: readonly ClaimedGroup[];
  /** The most loyal first. */
  readonly loyalty: readonly LoyaltyGroup[];
};

type ClaimedGroup = GroupName & { readonly customers: number };

/** Every claim of the report. */
export function claimsOf({ customers, tiers, loyalty }: Claimed): readonly Claim[] {
  const ofBase = [
    ...rankingClaims(),
    ...chanceClaims(),
    ...errorClaims('orders'),
    ...errorClaims('spend'),
  ];
  return [
    ...ofBase.map((claim) => ({ ...claim, customers })),
    ...tierClaims(tiers),
    ...loyaltyClaims(loyalty),
  ];
}

function rankingClaims(): readonly BaseClaim[] {
  return (['value_score', 'clv'] as const).flatMap((ranker) =>
    (['past_spend', 'recency'] as const).flatMap((baseline) =>
      ([10, 20] as const).map(
        (percent): BaseClaim => ({
          key: `top${percent}.${ranker}.${baseline}`,
          about: 'ranking',
          subject: rankers[ranker],
          measure: `share of the next spend held by the best ${percent} %`,
          baseline: simplerRankers[baseline],
          figure: `top${percent}.${ranker}`,
          against: `top${percent}.${baseline}`,
          better: 'higher',
          unit: 'share',
          instead: `to find the best ${percent} %, rank by ${simplerRankers[baseline]}: it is simpler and not worse`,
        }),
      ),
    ),
  );
}

function chanceClaims(): readonly BaseClaim[] {
  const claim = (
    figure: string,
    name: string,
    baseline: string,
    words: string,
    instead: string,
  ): BaseClaim => ({
    key: `${figure}.buys.${name}`,
    about: 'chance',
    subject: 'P(buys)',
    measure:
      figure === 'auc' ? 'AUC, who buys and who does not' : 'Brier score, error of the chance',
    baseline: words,
    figure: `${figure}.buys`,
    against: baseline,
    better: figure === 'auc' ? 'higher' : 'lower',
    unit: 'chance',
    instead,
  });
  return [
    claim(
      'auc',
      'recency',
      'auc.recency',
      'recency alone',
      'to order customers by who will buy, order them by the day of the last order',
    ),
    claim(
      'brier',
      'same',
      'brier.same',
      'the same chance for all, set by what came',
      'do not use the chance: say of everybody what share bought in a past period',
    ),
    claim(
      'brier',
      'recency',
      'brier.recency',
      'recency alone, its chances set by what came',
      'take as chance the share that bought among who ordered about as lately in a past period',
    ),
  ];
}

function errorClaims(of: 'orders' | 'spend'): readonly BaseClaim[] {
  const measures = {
    mae: `mean error of one customer’s next ${of}`,
    rmse: `root mean squared error of one customer’s next ${of}`,
    total: `error of all customers’ next ${of} together`,
  };
  return (['mae', 'rmse', 'total'] as const).flatMap((measure) =>
    (['last_period', 'own_rate', 'recency'] as const)
      // Recency's bins are set by what came, so its total is right by making.
      .filter((baseline) => !(measure === 'total' && baseline === 'recency'))
      .map(
        (baseline): BaseClaim => ({
          key: `${of}.${measure}.${baseline}`,
          about: of,
          subject: `The forecast of ${of}`,
          measure: measures[measure],
          baseline: baselines[baseline],
          figure: `${of}.${measure}.model`,
          against: `${of}.${measure}.${baseline}`,
          better: 'lower',
          unit: measure === 'total' ? 'share' : of === 'orders' ? 'orders' : 'money',
          instead:
            baseline === 'recency'
              ? `by this measure, forecast ${of} by the mean of those who ordered about as lately in a past period`
              : `by this measure, forecast ${of} by ${baselines[baseline]}`,
        }),
      ),
  );
}

/** Each tier with the one below it. */
function tierClaims(tiers: readonly ClaimedGroup[]): readonly Claim[] {
  return tiers.slice(1).map((below, at): Claim => {
    const above = tiers[at] ?? below;
    return {
      key: `tier.${above.key}.${below.key}`,
      about: 'tiers',
      subject: above.label,
      measure: 'mean next spend of a customer',
      baseline: below.label,
      figure: `tier.spend.${at}`,
      against: `tier.spend.${at + 1}`,
      better: 'higher',
      unit: 'money',
      instead: `do not promise more of ${above.label} than of ${below.label}: set the cut anew`,
      customers: Math.min(above.customers, below.customers),
    };
  });
}

/** The most loyal group against the least loyal, given best first; none where all are alike. */
function loyaltyClaims(groups: readonly LoyaltyGroup[]): readonly Claim[] {
  const [best, worst] = [groups[0], groups.at(-1)];
  if (best === undefined || worst === undefined || best === worst) return [];
  return [
    {
      key: 'loyalty.best.worst',
      about: 'loyalty',
      subject: `The most loyal (${best.label})`,
      measure: 'share that ordered next',
      baseline: `the least loyal (${worst.label})`,
      figure: `loyalty.bought.${best.bin}`,
      against: `loyalty.bought.${worst.bin}`,
      better: 'higher',
      unit: 'share',
      instead: 'do not take the loyalty score for a forecast of buying',
      customers: Math.min(best.customers, worst.customers),
    },
  ];
}
