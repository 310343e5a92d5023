import type { ReasonPart, Score, ScoredValue } from '../domain/score.ts';
import type { ExplainContext } from './explain-context.ts';
import { amountText, partName } from './phrases.ts';
import type { ReasonTexts } from './reason-texts.ts';

/** One of the scores with the facts behind each of its parts. */
export type ExplainedScore = {
  readonly code: 'value' | 'loyalty' | 'credit';
  readonly label: string;
  /** `null`: nothing is known. */
  readonly score: number | null;
  readonly confidence: number | null;
  readonly parts: readonly ExplainedPart[];
  /** Parts for which nothing is known, and what that did. */
  readonly unknown: readonly { readonly code: string; readonly text: string }[];
};

type ExplainedPart = ReasonPart & { readonly label: string; readonly text: string };

/** Value, loyalty and credit; none for a customer without a purchase. */
export function explainScores({ score, policy, texts }: ExplainContext): readonly ExplainedScore[] {
  if (score.rfm === null) return [];
  const months = policy.windowMonths;
  return [
    explainScore('value', score, months, texts),
    explainScore('loyalty', score, months, texts),
    explainScore('credit', score, months, texts),
  ];
}

function explainScore(
  code: ExplainedScore['code'],
  score: Score,
  months: number,
  texts: ReasonTexts,
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
      text: partText(part, { currency, months }, texts),
    })),
    unknown: (scored?.unknown ?? []).map((part) => ({
      code: part,
      text: `${partName(part, texts)}: ${texts.whyUnknown[part] ?? texts.unknown}`,
    })),
  };
}

type PartFrame = { readonly currency: string; readonly months: number };

function partText({ code, facts }: ReasonPart, frame: PartFrame, texts: ReasonTexts): string {
  const write = texts.partFacts[code];
  if (write === undefined) return '';
  const amount = (name: string): string => amountText(Number(facts[name] ?? 0), frame.currency);
  return write({ fact: (name) => String(facts[name] ?? '?'), amount, months: frame.months });
}
