import type { ReasonPart, ScoredValue } from '../domain/score.ts';
import type { ExplainContext } from './explain-context.ts';
import { factText } from './fact-text.ts';
import { partName } from './phrases.ts';

/** One of the scores with the facts behind each of its parts. */
export type ExplainedScore = {
  readonly code: 'value' | 'loyalty' | 'credit';
  readonly label: string;
  /** `null`: nothing is known. */
  readonly score: number | null;
  readonly confidence: number | null;
  /** Their points add up to the score. */
  readonly parts: readonly ExplainedPart[];
  /** Parts for which nothing is known, and what that did. */
  readonly unknown: readonly { readonly code: string; readonly text: string }[];
};

type ExplainedPart = ReasonPart & { readonly label: string; readonly text: string };

const codes = ['value', 'loyalty', 'credit'] as const;

/** Value, loyalty and credit; none for a customer without a purchase. */
export function explainScores(context: ExplainContext): readonly ExplainedScore[] {
  return context.score.rfm === null ? [] : codes.map((code) => explainScore(code, context));
}

function explainScore(
  code: ExplainedScore['code'],
  { score, texts }: ExplainContext,
): ExplainedScore {
  const scored: ScoredValue | null = score[code];
  const { currency } = score.signals;
  return {
    code,
    label: texts[code],
    score: scored?.score ?? null,
    confidence: scored?.confidence ?? null,
    parts: (scored?.parts ?? []).map((part) => ({
      ...part,
      label: partName(part.code, texts),
      text: factText(part, currency, texts.partFacts) ?? '',
    })),
    unknown: (scored?.unknown ?? []).map((part) => ({
      code: part,
      text: `${partName(part, texts)}${texts.marks.colon}${texts.whyUnknown[part] ?? texts.unknown}`,
    })),
  };
}
