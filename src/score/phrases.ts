import { type DealProblem, dealProblems } from '../domain/deal.ts';
import { decimalText } from '../domain/money.ts';
import type { Score, Signals } from '../domain/score.ts';
import { labelIn } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import type { ReasonTexts } from './reason-texts.ts';

/** `-12.34 GBP`. */
export function amountText(minor: number, currency: string): string {
  return `${decimalText({ minor, currency })} ${currency}`;
}

/** The tier as people read it; its key where the policy no longer has it. */
export function tierLabel(key: string, policy: Policy, { language }: ReasonTexts): string {
  const found = policy.tiers.classes.find((tier) => tier.key === key);
  return found === undefined ? key : labelIn(found.label, language);
}

/** The name of a part of a score. */
export function partName(code: string, texts: ReasonTexts): string {
  return texts.parts[code] ?? code;
}

/** Names of all parts of the score's values for which nothing is known. */
export function unknownNames({ value, loyalty }: Score, texts: ReasonTexts): readonly string[] {
  const codes = [...(value?.unknown ?? []), ...(loyalty?.unknown ?? [])];
  return codes.map((code) => partName(code, texts));
}

/** `2 without amount, 1 closing in the future`; empty when every deal counts. */
export function problemsText({ problems }: Signals, texts: ReasonTexts): string {
  return dealProblems
    .flatMap((cause: DealProblem) => {
      const count = problems[cause];
      return count === undefined ? [] : [`${count} ${texts.problems[cause]}`];
    })
    .join(', ');
}
