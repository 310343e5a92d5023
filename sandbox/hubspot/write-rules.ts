import { isClosed } from './deal-values.ts';
import { ApiError, conflict } from './errors.ts';
import { isoInstant } from './instant.ts';
import { OBJECT_TYPE_FACTS, type ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { propertyError, storedValue } from './property-values.ts';
import type { Properties } from './record.ts';
import { lifecycleStages } from './standard-properties.ts';

/** Values on their way in; the empty string (or null) clears. */
export type WrittenValues = Readonly<Record<string, string | null>>;

/** Refuses values the schema does not allow, with HubSpot's 400 (README 9). */
export function checkValues(portal: Portal, type: ObjectType, values: WrittenValues): void {
  const problems = portal.schema.validateWrite(type, values);
  if (problems.length > 0) throw propertyError(problems);
}

/**
 * Refuses a unique value that another live record holds: 409 for a contact's e-mail ("Contact
 * already exists. Existing ID: N", README 11), 400 for a property of the portal's own (README C13).
 */
export function checkUnique(
  portal: Portal,
  type: ObjectType,
  values: WrittenValues,
  own: number | undefined,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (!value || portal.schema.definition(type, name)?.hasUniqueValue !== true) continue;
    const holder = portal.objects[type].find(name, value);
    if (holder === undefined || holder === own) continue;
    throw taken(type, name, value, portal.objects[type].at(holder).id);
  }
}

function taken(type: ObjectType, name: string, value: string, id: number): ApiError {
  const singular = OBJECT_TYPE_FACTS[type].singular;
  const noun = `${singular.charAt(0).toUpperCase()}${singular.slice(1)}`;
  if (name === 'email') return conflict(`${noun} already exists. Existing ID: ${id}`);
  const message = `${value} is already held by ${singular} ${id}.`;
  return new ApiError(400, {
    status: 'error',
    category: 'VALIDATION_ERROR',
    message: `Property values were not valid: ${JSON.stringify([{ isValid: false, message, error: 'CONFLICTING_UNIQUE_VALUE', name }])}`,
    errors: [{ message, code: 'CONFLICTING_UNIQUE_VALUE', context: { propertyName: [name] } }],
  });
}

/** The properties after a write. What is cleared goes away; calculated values are not kept. */
export function applied(
  portal: Portal,
  type: ObjectType,
  before: Properties,
  values: WrittenValues,
  now: number,
): Properties {
  const after: Record<string, string> = { ...before };
  for (const [name, value] of Object.entries(values)) {
    const definition = portal.schema.definition(type, name);
    const previous = before[name] ?? null;
    if (definition !== undefined) after[name] = storedValue(definition, value ?? '', previous);
  }
  if (stepsBack(before, after)) after['lifecyclestage'] = before['lifecyclestage'] ?? '';
  if (type === 'deals' && closesNow(portal, before, after) && values['closedate'] === undefined)
    after['closedate'] = isoInstant(now);
  return withoutEmpty(after);
}

/**
 * The API moves a lifecycle stage forward only; a step back leaves it as it is, without an error
 * (README C14: the silent answer is the harder to notice). Cleared first, any goes.
 */
function stepsBack(before: Properties, after: Properties): boolean {
  const order: readonly string[] = lifecycleStages;
  const rank = (stage: string | undefined) => order.indexOf(stage ?? '');
  const [from, to] = [rank(before['lifecyclestage']), rank(after['lifecyclestage'])];
  return from !== -1 && to !== -1 && to < from;
}

/** HubSpot sets the close date when an open deal moves to a closed stage (README 20). */
function closesNow(portal: Portal, before: Properties, after: Properties): boolean {
  const closed = (properties: Properties) =>
    isClosed(portal, { id: 0, createdAt: 0, updatedAt: 0, properties });
  return closed(after) && !closed(before);
}

// Most writes clear nothing; the copy without empty values is made only for the others.
function withoutEmpty(properties: Properties): Properties {
  const entries = Object.entries(properties);
  if (entries.every(([, value]) => value !== '')) return properties;
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}
