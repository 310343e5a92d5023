import { classFamilies, type FamilyKey, isFamilyKey } from '../domain/classes.ts';
import type { ClassResult } from '../domain/result.ts';
import type { ExplainContext } from './explain-context.ts';
import { factText } from './fact-text.ts';
import { classLabel, familyLabel } from './phrases.ts';

/** A class of the customer, and the rule that gave it in words. */
export type ExplainedClass = ClassResult & {
  readonly family: FamilyKey;
  readonly familyLabel: string;
  readonly label: string;
  readonly text: string;
};

/** The customer's class of each family that says something of it. */
export function explainClasses(context: ExplainContext): readonly ExplainedClass[] {
  return Object.keys(classFamilies)
    .filter(isFamilyKey)
    .flatMap((family) => {
      const found = context.score.classes[family];
      return found === undefined ? [] : [explainClass(family, found, context)];
    });
}

function explainClass(
  family: FamilyKey,
  found: ClassResult,
  { score, policy, texts }: ExplainContext,
): ExplainedClass {
  const label = classLabel(family, found.key, policy, texts);
  const rule = factText(
    shown(family, found, { policy, texts }),
    score.signals.currency,
    texts.classes,
  );
  const since = found.since === null ? null : texts.classSince(found.since);
  // A person's word says itself how long it holds.
  const isGiven = found.code === 'override';
  const until = isGiven || found.until === undefined ? null : texts.classUntil(found.until);
  return {
    ...found,
    family,
    familyLabel: familyLabel(family, policy, texts),
    label,
    text: [since, rule, until].filter((text) => text !== null).join(texts.marks.comma),
  };
}

/** What the rules give beside a person's word is said by its label, not by its key. */
function shown(
  family: FamilyKey,
  found: ClassResult,
  { policy, texts }: Pick<ExplainContext, 'policy' | 'texts'>,
): ClassResult {
  const { without } = found.facts;
  if (found.code !== 'override' || without === undefined) return found;
  const label = classLabel(family, String(without), policy, texts);
  return { ...found, facts: { ...found.facts, without: label } };
}
