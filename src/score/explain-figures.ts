import type { Points, Prediction } from '../domain/result.ts';
import type { ExplainContext } from './explain-context.ts';
import { amountText, fallText, heldText, wayUpText, wholeAmountText } from './phrases.ts';
import { prospectTraits } from './prospect-traits.ts';
import { standardNames } from './standard-names.ts';
import type { FigureLabel } from './texts/shape.ts';

/** A result that is neither score nor class, in words. */
export type ExplainedFigure = {
  readonly code: FigureLabel;
  readonly label: string;
  readonly text: string;
};

type Write = (context: ExplainContext) => string | null;

/** What holds the tier, what would move it, and every other figure that is known. */
export function explainFigures(context: ExplainContext): readonly ExplainedFigure[] {
  return writers.flatMap(([code, write]) => {
    const text = write(context);
    return text === null ? [] : [{ code, label: context.texts.figures[code], text }];
  });
}

const writers: readonly (readonly [FigureLabel, Write])[] = [
  ['held', heldFigure],
  ['wayUp', ({ score, policy, texts }) => wayUpText(score, policy, texts)],
  ['fall', ({ score, policy, texts }) => fallText(score, policy, texts)],
  ['activity', ({ score, texts }) => orNull(score.activity, texts.activity)],
  ['stability', stabilityFigure],
  ['standards', standardsFigure],
  [
    'points',
    ({ score, ...rest }) =>
      orNull(score.points, (points) => pointsText(points, { score, ...rest })),
  ],
  ['eligibility', eligibilityFigure],
  ['nextOrder', nextOrderText],
  [
    'prediction',
    ({ score, ...rest }) =>
      orNull(score.prediction, (found) => predictionText(found, { score, ...rest })),
  ],
  ['lifetime', lifetimeFigure],
  ['prospect', prospectFigure],
  ['quality', qualityFigure],
];

function orNull<T>(value: T | null, write: (value: T) => string): string | null {
  return value === null ? null : write(value);
}

function nextOrderText({ score: { nextOrderOn, asOf }, texts }: ExplainContext): string | null {
  return orNull(nextOrderOn, (day) => texts.nextOrder(day, day < asOf));
}

function heldFigure({ score: { held }, policy, texts }: ExplainContext): string | null {
  return orNull(held, (found) => heldText(found, policy, texts));
}

function stabilityFigure({ score, texts }: ExplainContext): string | null {
  return orNull(score.stability, ({ variation, periods, meanMinor, steady }) =>
    texts.stability({
      variation,
      periods,
      mean: amountText(meanMinor, score.signals.currency),
      steady,
    }),
  );
}

function standardsFigure({ score, texts }: ExplainContext): string | null {
  return orNull(score.standards, (standards) =>
    texts.standardsMet({
      met: standards.met,
      names: standardNames(standards, true, texts),
      unknown: standardNames(standards, null, texts),
    }),
  );
}

function pointsText(points: Points, { score, texts }: ExplainContext): string {
  const { balance, valueMinor, expiring, expireOn } = points;
  const value = amountText(valueMinor, score.signals.currency);
  return `${texts.points({ balance, value })}${texts.pointsLapse({ expiring, on: expireOn })}`;
}

function eligibilityFigure({ score, texts }: ExplainContext): string | null {
  const { currency } = score.signals;
  return orNull(score.eligibility, ({ weeklyMinor, biweekly, coupon }) =>
    texts.eligibility({
      weekly: amountText(weeklyMinor, currency),
      list: biweekly,
      coupon: coupon === null ? null : `${coupon} ${currency}`,
    }),
  );
}

function predictionText(found: Prediction, { score, texts }: ExplainContext): string {
  const { probabilityBuys, expectedOrders, spendMinor, horizonDays, model, basis } = found;
  return texts.prediction({
    percent: Math.round(100 * probabilityBuys),
    orders: expectedOrders,
    spend: spendMinor === null ? null : amountText(spendMinor, score.signals.currency),
    days: horizonDays,
    model,
    fallback: basis === 'fallback',
  });
}

function lifetimeFigure({ score: { prediction, signals }, texts }: ExplainContext): string | null {
  if (prediction === null || prediction.lifetimeMinor === null) return null;
  const amount = wholeAmountText(prediction.lifetimeMinor, signals.currency);
  return texts.lifetime({ amount, years: prediction.years });
}

function prospectFigure({ score, texts }: ExplainContext): string | null {
  return orNull(score.prospect, (prospect) =>
    texts.prospect({ score: prospect.score, because: prospectTraits(prospect, texts) }),
  );
}

/** A record without a fault needs no words. */
function qualityFigure({ score: { quality }, texts }: ExplainContext): string | null {
  const { completeness, problems } = quality;
  if (completeness === 100 && problems.length === 0) return null;
  const named = problems.map((problem) => texts.recordProblems[problem]);
  return texts.quality({ completeness, problems: named.join(texts.marks.list) });
}
