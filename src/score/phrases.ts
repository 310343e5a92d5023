import type { FamilyKey } from '../domain/classes.ts';
import { type DealProblem, dealProblems } from '../domain/deal.ts';
import { decimalText, minorDigits } from '../domain/money.ts';
import type { Held } from '../domain/result.ts';
import type { Score, Signals } from '../domain/score.ts';
import { labelIn } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import type { ReasonTexts } from './texts/shape.ts';

/** Why nothing is said of a customer; `null` for one who is valued. */
export function leftOutText({ optedOut, outOfScope }: Score, texts: ReasonTexts): string | null {
  if (optedOut) return texts.optedOut;
  return outOfScope == null ? null : texts.outOfScope(outOfScope);
}

/** `-12.34 GBP`. */
export function amountText(minor: number, currency: string): string {
  return `${decimalText({ minor, currency })} ${currency}`;
}

/** An amount that is whole units of its currency goes without the zeros behind the point. */
export function wholeAmountText(minor: number, currency: string): string {
  return `${decimalText({ minor, currency }).replace(/\.0+$/, '')} ${currency}`;
}

/** The tier as people read it; its key where the policy no longer has it. */
export function tierLabel(key: string, policy: Policy, { language }: ReasonTexts): string {
  const found = policy.tiers.classes.find((tier) => tier.key === key);
  return found === undefined ? key : labelIn(found.label, language);
}

/** A family as people read it. */
export function familyLabel(family: FamilyKey, policy: Policy, { language }: ReasonTexts): string {
  return labelIn(policy.families[family].label, language);
}

/** A class as people read it; its key where the policy no longer has it. */
export function classLabel(
  family: FamilyKey,
  key: string,
  policy: Policy,
  { language }: ReasonTexts,
): string {
  const found = policy.families[family].classes.find((one) => one.key === key);
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
      const problem = texts.problems[cause];
      return count === undefined ? [] : [texts.problemCount({ count, problem })];
    })
    .join(texts.marks.list);
}

/** Why the tier is not what the score alone gives. */
export function heldText(held: Held, policy: Policy, texts: ReasonTexts): string {
  const without = held.without === null ? texts.noTier : tierLabel(held.without, policy, texts);
  return texts.held[held.code]({ ...held, without });
}

/** What would lift the customer a tier; `null` where no single order does. */
export function wayUpText(
  { wayUp, signals }: Score,
  policy: Policy,
  texts: ReasonTexts,
): string | null {
  if (wayUp === null) return null;
  const isLeast = wayUp.minor <= 10 ** minorDigits(signals.currency);
  const amount = isLeast ? null : wholeAmountText(wayUp.minor, signals.currency);
  return texts.wayUp({ amount, by: wayUp.by, tier: tierLabel(wayUp.tier, policy, texts) });
}

/** When the tier falls if nothing happens; `null` where it never does. */
export function fallText({ fall }: Score, policy: Policy, texts: ReasonTexts): string | null {
  if (fall === null) return null;
  return texts.fall({ on: fall.on, tier: tierLabel(fall.to, policy, texts) });
}
