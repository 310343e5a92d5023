import type { Score, ScoredValue } from '../domain/score.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import { amountText, partName, problemsText, tierLabel, unknownNames } from './phrases.ts';
import { type ReasonTexts, reasonTexts } from './reason-texts.ts';

/** What fits into a CRM's short text field. */
export const REASON_LENGTH = 250;

/**
 * The score's reason in one line of at most `REASON_LENGTH` characters, weightiest first; sentences
 * that no longer fit are left out whole. It names days, never days ago, so that it changes only
 * when the score or its facts do.
 */
export function reasonText(score: Score, policy: Policy, language: Language): string {
  const texts = reasonTexts[language];
  return sentencesOf(score, policy, texts).reduce((line, sentence) => {
    const longer = line === '' ? sentence : `${line} ${sentence}`;
    return longer.length <= REASON_LENGTH ? longer : line;
  }, '');
}

function sentencesOf(score: Score, policy: Policy, texts: ReasonTexts): readonly string[] {
  const leftOut = problemsText(score.signals, texts);
  return [
    ...(score.rfm === null ? [texts.noOrder] : buyerSentences(score, policy, texts)),
    ...(leftOut === '' ? [] : [`${texts.leftOut}: ${leftOut}.`]),
  ];
}

function buyerSentences(score: Score, policy: Policy, texts: ReasonTexts): readonly string[] {
  const { signals, value, loyalty, tier, netAmount } = score;
  const unknown = unknownNames(score, texts);
  const net = amountText(netAmount.minor, netAmount.currency);
  const last = signals.lastOrderOn ?? '';
  const months = policy.windowMonths;
  return [
    tier === null ? `${texts.noTier}.` : `${tierLabel(tier, policy, texts)}.`,
    ...scoreSentence(texts.value, value, texts),
    texts.spent({ net, orders: signals.ordersInWindow, months, last }),
    ...scoreSentence(texts.loyalty, loyalty, texts),
    ...(unknown.length === 0 ? [] : [`${texts.unknown}: ${unknown.join(', ')}.`]),
  ];
}

/** `Value 74: spend 36/40, loyalty 30/40, credit 8/20.`; none for a score that is unknown. */
function scoreSentence(
  name: string,
  scored: ScoredValue | null,
  texts: ReasonTexts,
): readonly string[] {
  if (scored === null) return [];
  const { score, parts } = scored;
  const points = parts.map((part) => `${partName(part.code, texts)} ${part.points}/${part.of}`);
  return [`${name} ${score}: ${points.join(', ')}.`];
}
