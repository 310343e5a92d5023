import { dayNumber } from '../domain/day.ts';
import type { Standing } from '../domain/result.ts';
import type { Signals } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import type { Policy } from '../policy/schema.ts';
import { type BasicScore, basicScoreOf } from './basic-score.ts';
import { signalsAt } from './signals.ts';
import type { Timeline } from './timeline.ts';

/** What everybody is scored by. */
export type ScoreFrame = { readonly policy: Policy; readonly cuts: CutPoints };

/** One customer on one day: what every class and figure is found from. */
export type CustomerDay = ScoreFrame & {
  readonly timeline: Timeline;
  readonly asOf: LocalDay;
  /** `asOf` as days since 1970. */
  readonly today: number;
  readonly signals: Signals;
  readonly basic: BasicScore;
  /** As left by the scoring before this one. */
  readonly standing: Standing | null;
};

export function customerDay(
  timeline: Timeline,
  asOf: LocalDay,
  { policy, cuts }: ScoreFrame,
  standing: Standing | null,
): CustomerDay {
  const frame = { windowMonths: policy.windowMonths, dues: cuts.coverage.dues };
  const signals = signalsAt(timeline, asOf, frame);
  const basic = basicScoreOf(signals, cuts, policy);
  const today = dayNumber(asOf) ?? 0;
  return { policy, cuts, timeline, asOf, today, signals, basic, standing };
}

/** Stands for a day that never comes. */
export const NEVER = Number.POSITIVE_INFINITY;
