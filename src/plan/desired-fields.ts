import type { FieldKey, FieldValue, FieldValues } from '../domain/field.ts';
import type { Score } from '../domain/score.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import { isLeftOut } from '../score/scope.ts';
import { fieldReaders } from './field-readers.ts';

/**
 * What the CRM should hold of a score, in canonical text: the fields that the policy writes, each
 * `null` where there is nothing to say. What is found from purchases is empty for who never bought,
 * so that a policy of such fields alone costs no write for them; who opted out holds nothing at all.
 */
export function desiredFields(
  score: Score,
  policy: Policy,
  language: Language = 'en',
): FieldValues {
  return Object.fromEntries(
    policy.fields.map(({ key }) => [key, desiredField(key, score, policy, language)]),
  );
}

/** One field of them, whether the policy writes it or not. */
export function desiredField(
  key: FieldKey,
  score: Score,
  policy: Policy,
  language: Language = 'en',
): FieldValue {
  return isLeftOut(score) ? null : fieldReaders[key](score, policy, language);
}
