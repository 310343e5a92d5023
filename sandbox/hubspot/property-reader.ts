import { customerValue } from './customer-values.ts';
import { DEAL_VALUES } from './deal-values.ts';
import { isoInstant } from './instant.ts';
import { OBJECT_TYPE_FACTS, type ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { StoredRecord } from './record.ts';

/** Reads one property of a record; `undefined` for an empty one. */
export type PropertyReader = (record: StoredRecord) => string | undefined;

/**
 * How to read a property, chosen once per request instead of once per record: stored values,
 * system values that come from the record itself, calculated ones. Nothing for an undefined
 * property, which reads ignore without a word (README 7).
 */
export function propertyReader(
  portal: Portal,
  type: ObjectType,
  name: string,
): PropertyReader | undefined {
  if (portal.schema.definition(type, name) === undefined) return undefined;
  return systemReader(type, name) ?? calculatedReader(portal, type, name) ?? storedReader(name);
}

/** Whether a property is made from other records, stages or rates when it is read. */
export function isCalculated(type: ObjectType, name: string): boolean {
  return (type === 'deals' ? DEAL_VALUES[name] : customerValue(type, name)) !== undefined;
}

function storedReader(name: string): PropertyReader {
  // A loader may have put an empty string where a write would have left nothing.
  return ({ properties }) => properties[name] || undefined;
}

function systemReader(type: ObjectType, name: string): PropertyReader | undefined {
  if (name === 'hs_object_id') return ({ id }) => String(id);
  if (name === 'hs_createdate') return ({ createdAt }) => isoInstant(createdAt);
  // Deals may be given a create date of their own, so a stored one goes first.
  if (name === 'createdate')
    return ({ createdAt, properties }) => properties[name] ?? isoInstant(createdAt);
  if (name === 'hs_lastmodifieddate' || name === OBJECT_TYPE_FACTS[type].modifiedProperty)
    return ({ updatedAt }) => isoInstant(updatedAt);
  return undefined;
}

function calculatedReader(
  portal: Portal,
  type: ObjectType,
  name: string,
): PropertyReader | undefined {
  const calculated = type === 'deals' ? DEAL_VALUES[name] : customerValue(type, name);
  if (calculated === undefined) return undefined;
  return (record) => calculated(portal, record);
}
