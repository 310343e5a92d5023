import type { FieldDefinition } from './field.ts';

const NUMBER = /^-?\d+(\.\d+)?$/;

/** A CSV cell as JSON would carry it. What it cannot be read as stays text, and is refused as such. */
export function cellValue({ dataType }: FieldDefinition, text: string): unknown {
  switch (dataType) {
    case 'integer':
    case 'double':
    case 'currency':
    case 'percent':
      return NUMBER.test(text) ? Number(text) : text;
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
    case 'multiselectpicklist':
      return text.split(';');
    default:
      return text;
  }
}
