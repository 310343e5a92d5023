import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { PropertyCreate } from './property-definition.ts';
import { standardGroups } from './standard-properties.ts';

type Custom = Omit<PropertyCreate, 'groupName'>;

const NUMBER = { type: 'number', fieldType: 'number' } as const;
const DATE = { type: 'date', fieldType: 'date' } as const;
const YES_NO = { type: 'bool', fieldType: 'booleancheckbox' } as const;
const TEXT = { type: 'string', fieldType: 'text' } as const;

/**
 * What HubSpot has no property for, as a seller's own shop system would have added it before any
 * scoring app came: the inputs that a connector is told to read.
 */
const WORLD_PROPERTIES: Readonly<Record<ObjectType, readonly Custom[]>> = {
  contacts: [
    { name: 'external_id', label: 'Customer number', ...TEXT, hasUniqueValue: true },
    { name: 'birthday', label: 'Birthday', ...DATE },
    { name: 'referred_by', label: 'Referred by (customer number)', ...TEXT },
    { name: 'events_invited', label: 'Events invited to', ...NUMBER },
    { name: 'events_attended', label: 'Events attended', ...NUMBER },
    { name: 'feedback_count', label: 'Feedback given', ...NUMBER },
    { name: 'industry', label: 'Industry', ...TEXT },
    { name: 'do_not_score', label: 'Asked not to be scored', ...YES_NO },
  ],
  companies: [{ name: 'external_id', label: 'Company number', ...TEXT, hasUniqueValue: true }],
  deals: [
    { name: 'invoice_number', label: 'Invoice number', ...TEXT },
    { name: 'due_date', label: 'Due date', ...DATE },
    { name: 'paid_date', label: 'Paid date', ...DATE },
    { name: 'discount_amount', label: 'Discount', ...NUMBER },
    { name: 'products', label: 'Products (separated by ;)', ...TEXT },
  ],
};

/** Adds the properties that are not there yet. */
export function ensureWorldProperties({ schema }: Portal): void {
  for (const type of ['contacts', 'companies', 'deals'] as const)
    for (const property of WORLD_PROPERTIES[type])
      if (schema.definition(type, property.name) === undefined)
        schema.create(type, { ...property, groupName: standardGroups[type] });
}
