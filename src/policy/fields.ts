import type { FieldOption, FieldSpec } from '../domain/field.ts';
import { type ChoiceField, fieldKinds, isChoice } from '../domain/field-kinds.ts';
import { choicesOf } from './choices.ts';
import { fieldTexts } from './field-texts.ts';
import { type Language, labelIn } from './language.ts';
import { retiredValues } from './retired-values.ts';
import type { Policy } from './schema.ts';

/** The results that are written, in the policy's order, as a CRM's schema wants them. */
export function fieldSpecs(policy: Policy, language: Language): readonly FieldSpec[] {
  return policy.fields.map((field) => fieldSpec(field, policy, language));
}

function fieldSpec(
  { key, name }: Policy['fields'][number],
  policy: Policy,
  language: Language,
): FieldSpec {
  const { label, description } = fieldTexts[language][key];
  const head = { key, name, label, description: description(policy) };
  if (isChoice(key)) {
    const retired = retiredValues(key, policy);
    const options = optionsOf(key, policy, language);
    return { ...head, kind: 'choice', options, ...(retired.length > 0 && { retired }) };
  }
  return { ...head, kind: fieldKinds[key] };
}

/** In the policy's order: tiers from the highest. */
function optionsOf(key: ChoiceField, policy: Policy, language: Language): readonly FieldOption[] {
  return choicesOf(key, policy).map(({ key: value, of, grade }) => {
    const label = labelIn(of.label, language);
    return { value, label: grade === null ? label : `${label} ${grade.toUpperCase()}` };
  });
}
