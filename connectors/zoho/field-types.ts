import type { FieldKey } from '../../src/domain/field.ts';
import { fieldKinds } from '../../src/domain/field-kinds.ts';

/** Texts that are never long: people filter and sort by them. */
const shortTexts: ReadonlySet<FieldKey> = new Set(['rfm', 'biweekly_list', 'coupon_band']);

/** The type of Zoho's that a field of ours is created with. */
export function fieldType(key: FieldKey): string {
  switch (fieldKinds[key]) {
    case 'choice':
      return 'picklist';
    case 'integer':
      return 'integer';
    case 'decimal':
      return 'double';
    case 'day':
      return 'date';
    default:
      return shortTexts.has(key) ? 'text' : 'textarea';
  }
}

/** The types that take its values: its own first, and those an admin may have made of it. */
export function fieldTypes(key: FieldKey): readonly string[] {
  switch (fieldKinds[key]) {
    case 'choice':
      return ['picklist'];
    case 'integer':
      return ['integer', 'bigint', 'double'];
    case 'decimal':
      return ['double', 'currency'];
    case 'day':
      return ['date'];
    default:
      return shortTexts.has(key) ? ['text', 'textarea'] : ['textarea', 'text'];
  }
}
