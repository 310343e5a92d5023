import { minorDigits } from '../../domain/money.ts';
import type { Policy } from '../../policy/schema.ts';

/** The policy's points rules in home minor units. */
export type PointsRules = {
  /** Home minor units for one point. */
  readonly perPoint: number;
  readonly birthdayFactor: number;
  readonly monthsValid: number;
  /** Whether a refund undoes points, as it lowers net amounts. */
  readonly undoes: boolean;
  /** Whether deals in another currency than the home one earn, by their home amount. */
  readonly foreignEarns: boolean;
};

/**
 * `null` when no points are given: switched off, or for deals of a currency that is not the home one.
 * Those are only known by their home amounts, which the points' currency has no rate for.
 */
export function pointsRulesOf(
  { points, purchase }: Pick<Policy, 'points' | 'purchase'>,
  currency: string,
): PointsRules | null {
  if (!points.enabled) return null;
  if (points.currency !== 'any' && points.currency !== currency) return null;
  const { amountPerPoint, birthdayFactor, monthsValid } = points;
  return {
    // 1.1 × 100 is a little more than 110 in doubles: a purchase of 1.10 would earn nothing.
    perPoint: Number((amountPerPoint * 10 ** minorDigits(currency)).toPrecision(12)),
    birthdayFactor,
    monthsValid,
    undoes: purchase.refunds === 'subtracted',
    foreignEarns: points.currency === 'any',
  };
}

/** Whole points of an amount, before the birthday's factor. */
export function pointsFor(minor: number, { perPoint }: PointsRules): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.floor(minor / perPoint));
}
