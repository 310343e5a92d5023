import { isFamilyKey } from '../domain/classes.ts';
import type { ChoiceField } from '../domain/field-kinds.ts';
import { choicesOf } from './choices.ts';
import type { Policy } from './schema.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Values that a choice field had and, by the policy's `retired`, never has again. */
export function retiredValues(field: ChoiceField, policy: Policy): readonly string[] {
  const keysOf = (family: string) =>
    policy.retired.flatMap((one) => (one.family === family ? [one.key] : []));
  const present = new Set(choicesOf(field, policy).map(({ key }) => key));
  const gone =
    field === 'value_grade'
      ? keysOf('value_tier').flatMap((key) => [key, ...[...letters].map((one) => `${key}_${one}`)])
      : keysOf(field === 'value_tier' || isFamilyKey(field) ? field : '');
  return gone.filter((value) => !present.has(value));
}
