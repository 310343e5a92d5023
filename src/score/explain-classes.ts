import { classFamilies, type FamilyKey } from '../domain/classes.ts';
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
    .filter(isFamily)
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
  const rule = factText(found, score.signals.currency, texts.classes);
  const since = found.since === null ? null : texts.classSince(found.since);
  const until = found.until === undefined ? null : texts.classUntil(found.until);
  return {
    ...found,
    family,
    familyLabel: familyLabel(family, policy, texts),
    label,
    text: [since, rule, until].filter((text) => text !== null).join(texts.marks.comma),
  };
}

function isFamily(key: string): key is FamilyKey {
  return key in classFamilies;
}
