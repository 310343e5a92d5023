import type { Score } from '../domain/score.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import type { Policy } from '../policy/schema.ts';
import type { ReasonTexts } from './texts/shape.ts';

/** What explanations are made of. */
export type ExplainContext = {
  readonly score: Score;
  readonly policy: Policy;
  readonly cuts: CutPoints | null;
  readonly texts: ReasonTexts;
};
