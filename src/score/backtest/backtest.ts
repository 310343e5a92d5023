import { dayText } from '../../domain/day.ts';
import type { LocalDay } from '../../domain/time.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Fit } from '../clv/fit.ts';
import { areaUnderCurve } from './area-under-curve.ts';
import {
  type ForecastKey,
  type Forecasts,
  orderForecasts,
  recencyBins,
  spendForecasts,
} from './baselines.ts';
import { binsOf, meanInBin } from './bins.ts';
import type { BacktestBooks } from './books.ts';
import { type BacktestTerms, type Cases, casesOf } from './cases.ts';
import {
  type CalibrationBin,
  type ChanceQuality,
  calibrationBins,
  chanceQuality,
} from './chance-quality.ts';
import { claimsOf } from './claims.ts';
import { type ForecastError, forecastError } from './errors.ts';
import { type GroupName, type GroupOutcome, groupOutcomes } from './groups.ts';
import { type LoyaltyGroups, loyaltyGroups } from './loyalty-groups.ts';
import { type LiftCurve, liftCurves, rankingsOf } from './rankers.ts';
import { rankingOf } from './ranking.ts';
import { figureReader } from './statistics.ts';
import { type MovedCustomers, tierMoves } from './tier-moves.ts';
import { type Resampling, type Verdict, verdictsOn } from './verdicts.ts';
import { everybodyOnce } from './weights.ts';

/**
 * What scores of a past day foretold, and what came. Amounts are in units of the currency, refunds not
 * looked at unless said; shares and chances 0–1. `null` is what cannot be measured. "Next" is from the
 * day after `asOf` to `until`.
 */
export type Backtest = {
  readonly asOf: LocalDay;
  readonly until: LocalDay;
  readonly horizonDays: number;
  /** Customers who had ordered by `asOf`: all that follows is about them. */
  readonly customers: number;
  /** Those of them who ordered next, and their orders (days with one) and spend. */
  readonly bought: number;
  readonly nextOrders: number;
  readonly nextSpend: number;
  /** Whose first order came next: not scored, and in no figure below. */
  readonly newcomers: { readonly customers: number; readonly spend: number };
  /** Customers with refunds and no order: not scored. */
  readonly refundsOnly: number;
  readonly fit: Fit;
  readonly cuts: Cases['cuts'];
  readonly base: Cases['base'];
  readonly verdicts: readonly Verdict[];
  readonly tiers: readonly GroupOutcome[];
  readonly segments: readonly GroupOutcome[];
  /** Fifths by loyalty score, the most loyal first; equal scores together, so there may be fewer. */
  readonly loyalty: readonly GroupOutcome[];
  readonly lift: readonly LiftCurve[];
  readonly chance: {
    /** Tenths by P(buys), lowest first; equal chances together. */
    readonly deciles: readonly CalibrationBin[];
    readonly buys: ChanceQuality;
    /** Its chances are the shares that bought among who ordered about as lately: see `baselines`. */
    readonly recency: ChanceQuality;
    /** BG/NBD's is 1 for everybody who ordered once: shown so that nobody takes it for a churn score. */
    readonly alive: ChanceQuality;
    /** AUC of the expected orders, which may rank buyers better than the chance. */
    readonly expectedOrdersAuc: number | null;
  };
  readonly orders: Readonly<Record<ForecastKey, ForecastError>>;
  readonly spend: Readonly<Record<ForecastKey, ForecastError>>;
  readonly moves: readonly MovedCustomers[];
  readonly resampling: Resampling;
};

const resampling: Resampling = { resamples: 200, seed: 1 };

/** Scores everybody as of a past day and compares with what they did next. */
export function backtest(books: BacktestBooks, terms: BacktestTerms): Backtest {
  const cases = casesOf(books, terms);
  const { policy, asOf, horizonDays } = terms;
  const tiers = policy.tiers.classes.map(named);
  const loyalty = loyaltyGroups(cases.loyalty);
  const rankings = rankingsOf(cases);
  const bins = recencyBins(rankings.recency);
  const byBuys = rankingOf(cases.buys);
  const measured = {
    cases,
    rankings,
    byBuys,
    buysByRecency: meanInBin(bins, cases.bought),
    orders: orderForecasts(cases, bins),
    spend: spendForecasts(cases, bins),
    loyaltyBins: loyalty.bins,
  };
  const byTier = tierOutcomes(tiers, cases);
  const claims = claimsOf({
    customers: cases.size,
    tiers: byTier.slice(0, tiers.length),
    loyalty: loyalty.groups,
  });
  const { buys, bought, alive, nextOrders, nextSpend } = cases;
  return {
    asOf: dayText(asOf),
    until: dayText(asOf + horizonDays),
    horizonDays,
    customers: cases.size,
    bought: sum(bought),
    nextOrders: sum(nextOrders),
    nextSpend: sum(nextSpend),
    newcomers: cases.newcomers,
    refundsOnly: cases.refundsOnly,
    fit: cases.fit,
    cuts: cases.cuts,
    base: cases.base,
    verdicts: verdictsOn(claims, figureReader(measured), cases.size, resampling),
    tiers: byTier,
    segments: segmentOutcomes(policy, cases),
    loyalty: loyaltyOutcomes(loyalty, cases),
    lift: liftCurves(rankings, nextSpend),
    chance: {
      deciles: calibrationBins(binsOf(byBuys, 10), buys, bought),
      buys: chanceQuality(buys, bought, byBuys),
      recency: chanceQuality(measured.buysByRecency, bought, rankings.recency),
      alive: chanceQuality(alive, bought),
      expectedOrdersAuc: aucOf(cases.expectedOrders, bought),
    },
    orders: errorsOf(measured.orders, nextOrders),
    spend: errorsOf(measured.spend, nextSpend),
    moves: tierMoves(tiers, cases),
    resampling,
  };
}

function named({
  key,
  label,
}: {
  readonly key: string;
  readonly label: { readonly en: string };
}): GroupName {
  return { key, label: label.en };
}

function tierOutcomes(tiers: readonly GroupName[], cases: Cases): readonly GroupOutcome[] {
  const names = [...tiers, { key: 'none', label: 'No tier' }];
  const place = Int8Array.from(cases.tier, (tier) => (tier === -1 ? tiers.length : tier));
  return groupOutcomes(names, place, cases).filter(
    ({ customers }, at) => customers > 0 || at < tiers.length,
  );
}

/** Segments nobody is in are left out. */
function segmentOutcomes(policy: Policy, cases: Cases): readonly GroupOutcome[] {
  const names = policy.families.segment.classes.map(named);
  const places = new Map(names.map(({ key }, at) => [key, at]));
  const place = cases.segment.map((key) => places.get(key) ?? -1);
  return groupOutcomes(names, place, cases).filter(({ customers }) => customers > 0);
}

function loyaltyOutcomes({ bins, groups }: LoyaltyGroups, cases: Cases): readonly GroupOutcome[] {
  const places = new Map(groups.map(({ bin }, at) => [bin, at]));
  const names = groups.map(({ key, label }) => ({ key, label }));
  return groupOutcomes(
    names,
    Int32Array.from(bins, (bin) => places.get(bin) ?? -1),
    cases,
  );
}

function errorsOf(forecasts: Forecasts, actual: Float64Array) {
  const errorOf = (key: ForecastKey): ForecastError => forecastError(forecasts[key], actual);
  return {
    model: errorOf('model'),
    last_period: errorOf('last_period'),
    own_rate: errorOf('own_rate'),
    recency: errorOf('recency'),
  };
}

function aucOf(score: Float64Array, bought: Float64Array): number | null {
  return areaUnderCurve(rankingOf(score), bought, everybodyOnce(bought.length));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
