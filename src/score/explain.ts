import type { Score } from '../domain/score.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import { explainClasses } from './explain-classes.ts';
import type { ExplainContext } from './explain-context.ts';
import { explainFacts } from './explain-facts.ts';
import { explainFigures } from './explain-figures.ts';
import { explainLines } from './explain-lines.ts';
import { explainScores } from './explain-scores.ts';
import type { ExplainedCut, Explanation } from './explanation.ts';
import { leftOutText, tierLabel } from './phrases.ts';
import { reasonTexts } from './reason-texts.ts';
import { isLeftOut } from './scope.ts';

/** Explains a score under the cut points that made it. */
export function explain(
  score: Score,
  policy: Policy,
  cuts: CutPoints | null,
  language: Language = 'en',
): Explanation {
  const texts = reasonTexts[language];
  const context: ExplainContext = { score, policy, cuts, texts };
  const explained = {
    customerId: score.customerId,
    asOf: score.asOf,
    policyVersion: score.policyVersion,
    optedOut: score.optedOut,
    outOfScope: score.outOfScope ?? null,
    leftOut: leftOutText(score, texts),
    tier: explainTier(context),
    held: score.held,
    wayUp: score.wayUp,
    fall: score.fall,
    cuts: explainCuts(context),
    rfm: score.rfm,
    scores: explainScores(context),
    classes: explainClasses(context),
    figures: isLeftOut(score) ? [] : explainFigures(context),
    facts: isLeftOut(score) ? [] : explainFacts(context),
  };
  return { ...explained, lines: explainLines(explained, texts) };
}

function explainTier({ score, policy, texts }: ExplainContext): Explanation['tier'] {
  const { tier, grade, standing, held } = score;
  if (tier === null) return null;
  return {
    key: tier,
    label: tierLabel(tier, policy, texts),
    grade,
    since: held?.code === 'override' ? null : (standing?.since ?? null),
  };
}

function explainCuts({ cuts, policy, texts }: ExplainContext): readonly ExplainedCut[] {
  const tiers = cuts?.tiers ?? [];
  return tiers.map(({ key, from }) => ({ key, label: tierLabel(key, policy, texts), from }));
}
