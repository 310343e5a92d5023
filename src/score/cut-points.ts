import { minorDigits } from '../domain/money.ts';
import type { LocalDay } from '../domain/time.ts';
import { type CutColumn, type CutPoints, cutColumns } from '../policy/cut-points.ts';
import { cutsVersion, policyVersion } from '../policy/version.ts';
import type { BaseColumns } from './base-columns.ts';
import type { Column } from './column.ts';
import { keyAccountCut } from './key-account-cut.ts';
import { forecastOf } from './predict/forecast.ts';
import { prospectProfile } from './prospects/profile.ts';
import { quadrantCut } from './quadrant-cut.ts';
import { quantileThresholds } from './thresholds.ts';
import { fixedTierCuts, quantileTierCuts, type TierCut } from './tier-cuts.ts';
import { valueHistogram } from './value-histogram.ts';

/** Steps of spend points: finer than R, F and M, coarse enough to hold still. */
const SPEND_STEPS = 20;
const RFM_STEPS = 5;

type Found = { readonly thresholds: readonly number[]; readonly fixed: boolean };

/**
 * The thresholds of a base: quantiles where the policy wants them and the base can give them, else
 * the policy's fixed ones (`fixed` names those columns); with them what else a base tells: its key
 * accounts, quadrants, models, and what its best customers share. The result depends on which
 * customers are in the base, not on their order.
 */
export function findCutPoints(base: BaseColumns, asOf: LocalDay): CutPoints {
  const { policy, currency, coverage } = base;
  const { fixed } = policy.rfm;
  const inMinor = (amounts: readonly number[]): readonly number[] =>
    amounts.map((amount) => Math.round(amount * 10 ** minorDigits(currency)));
  const recency = recencyThresholds(base);
  const frequency = found(base, base.orders, RFM_STEPS, fixed.frequency);
  const monetary = found(base, base.netMinor, RFM_STEPS, inMinor(fixed.monetary));
  const spend = found(base, base.netMinor, SPEND_STEPS, inMinor(fixed.spend));
  const tiers = tierCuts(base, spend.thresholds);
  return {
    policyVersion: policyVersion(policy),
    cutsVersion: cutsVersion(policy),
    foundOn: asOf,
    currency,
    coverage,
    base: base.size,
    fixed: fixedColumns({ recency, frequency, monetary, spend, tiers }),
    recencyDays: recency.thresholds,
    frequency: frequency.thresholds,
    monetary: monetary.thresholds,
    spend: spend.thresholds,
    tiers: tiers.cuts,
    keyAccounts: keyAccountCut(base.netMinor.sorted(), policy.keyAccounts.share),
    quadrant: quadrantCut(base, spend.thresholds),
    forecast: forecastOf(base.histories, policy),
    prospects: prospectProfile(base, spend.thresholds),
  };
}

function isLargeEnough({ policy, size }: BaseColumns): boolean {
  return size >= policy.cuts.minimumBase;
}

function found(
  base: BaseColumns,
  column: Column,
  steps: number,
  otherwise: readonly number[],
): Found {
  const wanted = base.policy.rfm.mode === 'quantile' && isLargeEnough(base);
  const thresholds = wanted ? quantileThresholds(column.sorted(), steps) : null;
  return { thresholds: thresholds ?? otherwise, fixed: thresholds === null };
}

/** Few days are good, so the quantiles are those of the negated days. */
function recencyThresholds(base: BaseColumns): Found {
  const negated = base.recencyDays.mapped((days) => -days);
  const { fixed } = base.policy.rfm;
  const { thresholds, ...rest } = found(
    base,
    negated,
    RFM_STEPS,
    fixed.recencyDays.toReversed().map((days) => -days),
  );
  return { thresholds: thresholds.toReversed().map((days) => 0 - days), ...rest };
}

type FoundTiers = { readonly cuts: readonly TierCut[]; readonly fixed: boolean };

function tierCuts(base: BaseColumns, spend: readonly number[]): FoundTiers {
  const { classes, mode } = base.policy.tiers;
  const wanted = mode === 'quantile' && isLargeEnough(base);
  const cuts = wanted ? quantileTierCuts(classes, valueHistogram(base, spend)) : null;
  return { cuts: cuts ?? fixedTierCuts(classes), fixed: cuts === null };
}

function fixedColumns(
  columns: Readonly<Record<CutColumn, { readonly fixed: boolean }>>,
): readonly CutColumn[] {
  return cutColumns.filter((name) => columns[name].fixed);
}
