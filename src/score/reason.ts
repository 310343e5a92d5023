import { isFamilyKey } from '../domain/classes.ts';
import type { Score, ScoredValue } from '../domain/score.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import {
  amountText,
  classLabel,
  fallText,
  familyLabel,
  heldText,
  leftOutText,
  partName,
  problemsText,
  tierLabel,
  unknownNames,
  wayUpText,
} from './phrases.ts';
import { reasonTexts } from './reason-texts.ts';
import type { ReasonTexts } from './texts/shape.ts';

/** Characters (code points) that fit into a CRM's short text field. */
export const REASON_LENGTH = 250;

/**
 * The score's reason in one line of at most `REASON_LENGTH` characters, weightiest first; sentences
 * that no longer fit are left out whole. It names days, never days ago, so that it changes only
 * when the score or its facts do.
 */
export function reasonText(score: Score, policy: Policy, language: Language): string {
  const texts = reasonTexts[language];
  return sentencesOf(score, policy, texts).reduce((line, sentence) => {
    const longer = line === '' ? sentence : `${line}${texts.marks.between}${sentence}`;
    return lengthOf(longer) <= REASON_LENGTH ? longer : line;
  }, '');
}

/** What a CRM counts: characters, not halves of them. */
function lengthOf(text: string): number {
  return [...text].length;
}

function sentencesOf(score: Score, policy: Policy, texts: ReasonTexts): readonly string[] {
  const out = leftOutText(score, texts);
  if (out !== null) return [out];
  const leftOut = problemsText(score.signals, texts);
  const caveats = leftOut === '' ? [] : [listed(texts.leftOut, leftOut, texts)];
  const byHand = handSentence(score, policy, texts);
  if (score.rfm === null) {
    const tier = score.held === null ? [] : [tierSentence(score, policy, texts)];
    return [texts.noOrder, ...tier, ...byHand, ...caveats];
  }
  return [
    ...valueSentences(score, policy, texts),
    ...byHand,
    ...aheadSentences(score, policy, texts),
    ...unknownSentence(score, texts),
    ...caveats,
    ...scoreSentence(texts.loyalty, score.loyalty, texts),
  ];
}

function valueSentences(score: Score, policy: Policy, texts: ReasonTexts): readonly string[] {
  const { signals, value, netAmount } = score;
  const net = amountText(netAmount.minor, netAmount.currency);
  const last = signals.lastOrderOn ?? '';
  const months = policy.windowMonths;
  return [
    tierSentence(score, policy, texts),
    ...scoreSentence(texts.value, value, texts),
    texts.spent({ net, orders: signals.ordersInWindow, months, last }),
  ];
}

function aheadSentences(score: Score, policy: Policy, texts: ReasonTexts): readonly string[] {
  const both = [wayUpText(score, policy, texts), fallText(score, policy, texts)];
  return both.filter((sentence) => sentence !== null);
}

function unknownSentence(score: Score, texts: ReasonTexts): readonly string[] {
  const names = unknownNames(score, texts);
  return names.length === 0 ? [] : [listed(texts.unknown, names.join(texts.marks.list), texts)];
}

function tierSentence({ tier, held }: Score, policy: Policy, texts: ReasonTexts): string {
  const { colon, stop } = texts.marks;
  if (tier === null) return `${texts.noTier}${stop}`;
  const label = tierLabel(tier, policy, texts);
  if (held === null) return `${label}${stop}`;
  // Who set a floor and why may be long; `assay explain` tells them.
  const { named: _, ...short } = held;
  return `${label}${colon}${heldText(short, policy, texts)}${stop}`;
}

/** Classes that a person gave; who and why, `assay explain` tells. */
function handSentence({ classes }: Score, policy: Policy, texts: ReasonTexts): readonly string[] {
  const given = Object.entries(classes).flatMap(([family, { code, key }]) =>
    code === 'override' && isFamilyKey(family)
      ? [`${familyLabel(family, policy, texts)} ${classLabel(family, key, policy, texts)}`]
      : [],
  );
  return given.length === 0 ? [] : [listed(texts.byHand, given.join(texts.marks.list), texts)];
}

function listed(name: string, list: string, { marks }: ReasonTexts): string {
  return `${name}${marks.colon}${list}${marks.stop}`;
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
  return [listed(`${name} ${score}`, points.join(texts.marks.comma), texts)];
}
