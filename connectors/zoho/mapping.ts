import { canonicalDay } from '../../src/connector/canonical-value.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { LocalDay } from '../../src/domain/time.ts';
import type { FlatRecord, FlatValues } from './flat-record.ts';
import { readInstant } from './instant.ts';
import type { OwnFields } from './own-fields.ts';
import type { Inputs } from './settings-fields.ts';

/** A checkbox, or what people choose or type in its place: in doubt nobody is scored against their will. */
const yes = /^(true|yes|y|1|on|x|是)$/i;

/** Fields of a customer that inputs are read from, each once. */
export function mappedOfCustomers(inputs: Inputs): readonly string[] {
  const { name, attributes, deal: _deal, ...single } = inputs;
  const all = [...Object.values(single), ...(name ?? []), ...Object.values(attributes)];
  return [...new Set(all.filter((each) => each !== null))];
}

type Mapping = { readonly inputs: Inputs; readonly own: Pick<OwnFields, 'held'> };

/** The customer as every connector gives it: the same person has the same values through any CRM. */
export function toCustomer({ id, values }: FlatRecord, { inputs, own }: Mapping): Customer {
  return {
    id,
    previousIds: [],
    externalId: text(values, inputs.externalId),
    email: text(values, inputs.email),
    phone: text(values, inputs.phone),
    name: joined((inputs.name ?? []).map((name) => text(values, name))),
    country: text(values, inputs.country),
    birthday: day(text(values, inputs.birthday)),
    referredBy: text(values, inputs.referredBy),
    eventsInvited: count(text(values, inputs.eventsInvited)),
    eventsAttended: count(text(values, inputs.eventsAttended)),
    feedback: count(text(values, inputs.feedback)),
    attributes: attributesOf(inputs, values),
    optedOut: yes.test(text(values, inputs.optOut) ?? ''),
    createdAt: readInstant(values['Created_Time']),
    modifiedAt: modifiedAt(values),
    held: own.held(values),
  };
}

/** A record without a modified time (facts §2.3) is older than any with one. */
export function modifiedAt(values: FlatValues): string {
  return readInstant(values['Modified_Time']) ?? '1970-01-01T00:00:00.000Z';
}

function attributesOf({ attributes }: Inputs, values: FlatValues): Customer['attributes'] {
  const pairs = Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const filled = pairs.flatMap(([name, field]) => {
    const value = text(values, field);
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(filled);
}

/** Without blanks around it; empty is unknown. */
export function text(values: FlatValues, name: string | null): string | null {
  const value = name === null ? null : values[name]?.trim();
  return value === undefined || value === null || value === '' ? null : value;
}

function joined(parts: readonly (string | null)[]): string | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join(' ');
}

/** A day as a date or text field holds it; anything that is no day is unknown. */
export function day(value: string | null): LocalDay | null {
  const canonical = value === null ? '' : canonicalDay(value);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(canonical) && !Number.isNaN(Date.parse(canonical));
  return isDay ? canonical : null;
}

function count(value: string | null): number | null {
  const number = value === null ? Number.NaN : Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}
