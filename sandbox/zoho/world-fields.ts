import type { NewField } from './field-rules.ts';
import type { Org } from './org.ts';

/**
 * What Zoho has no field for, as a seller's own shop system would have added it before any scoring
 * app came. Api names follow from the labels; `world-settings.ts` tells a connector of them.
 */
const worldFields: Readonly<Record<'Contacts' | 'Deals', readonly NewField[]>> = {
  Contacts: [
    { label: 'External Id', dataType: 'text', isUnique: true },
    { label: 'Referred By', dataType: 'text' },
    { label: 'Events Invited', dataType: 'integer' },
    { label: 'Events Attended', dataType: 'integer' },
    { label: 'Feedback Count', dataType: 'integer' },
    { label: 'Industry', dataType: 'text' },
    { label: 'Do Not Score', dataType: 'boolean' },
  ],
  Deals: [
    { label: 'Invoice Number', dataType: 'text' },
    { label: 'Due Date', dataType: 'date' },
    { label: 'Paid Date', dataType: 'date' },
    { label: 'Discount Amount', dataType: 'currency' },
    { label: 'Products', dataType: 'text' },
  ],
};

/** Adds the fields that are not there yet. */
export function ensureWorldFields({ schema }: Org): void {
  for (const module of ['Contacts', 'Deals'] as const) {
    const known = new Set(schema.fields(module).map(({ label }) => label));
    for (const field of worldFields[module])
      if (!known.has(field.label)) schema.create(module, field);
  }
}
