import type { FieldKey, FieldOption, FieldSpec } from '../domain/field.ts';
import { fieldKinds } from './field-kinds.ts';
import { fieldTexts } from './field-texts.ts';
import type { Language } from './language.ts';
import type { Policy } from './schema.ts';

/** The results that are written, in the policy's order, as a CRM's schema wants them. */
export function fieldSpecs(policy: Policy, language: Language): readonly FieldSpec[] {
  return policy.fields.map((key) => fieldSpec(key, policy, language));
}

function fieldSpec(key: FieldKey, policy: Policy, language: Language): FieldSpec {
  const { label, description } = fieldTexts[language][key];
  const head = { key, label, description: description(policy.windowMonths) };
  const kind = fieldKinds[key];
  return kind === 'choice'
    ? { ...head, kind, options: tierOptions(policy, language) }
    : { ...head, kind };
}

/** Highest tier first. */
function tierOptions(policy: Policy, language: Language): readonly FieldOption[] {
  return policy.tiers.classes.map(({ key, label }) => ({ value: key, label: label[language] }));
}
