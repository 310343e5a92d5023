import { canonicalDay } from '../../src/connector/canonical-value.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { Subject } from '../../src/domain/subject.ts';
import type { LocalDay } from '../../src/domain/time.ts';
import type { OwnFields } from './fields.ts';
import { readInstant } from './instant.ts';
import type { ObjectKind } from './object-kind.ts';
import type { MappedFields } from './settings.ts';
import type { WireProperties, WireRecord } from './wire.ts';

/** How this connection's records become customers. */
export type CustomerMapping = {
  /** To be asked for: the mapped ones, ours, and where merges are named. */
  readonly properties: readonly string[];
  readonly toCustomer: (record: WireRecord) => Customer;
};

/** A checkbox, or what people choose or type in its place: in doubt nobody is scored against their will. */
const yes = /^(true|yes|y|1|on|x|是)$/i;

const defaultNames: Readonly<Record<Subject, readonly string[]>> = {
  contact: ['firstname', 'lastname'],
  company: ['name'],
};

type MappingInput = {
  readonly subject: Subject;
  readonly kind: ObjectKind;
  readonly fields: MappedFields;
  readonly own: OwnFields;
};

export function customerMapping({ subject, kind, fields, own }: MappingInput): CustomerMapping {
  const names = fields.name === undefined ? defaultNames[subject] : (fields.name ?? []);
  const email =
    fields.email === undefined ? (subject === 'contact' ? 'email' : null) : fields.email;
  const { name: _name, email: _email, attributes, deal: _deal, ...single } = fields;
  const { externalId, birthday, referredBy, eventsInvited, eventsAttended, country } = single;
  const pairs = Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const mapped = [...Object.values(single), email, ...Object.values(attributes)];
  const asked = [...mapped, ...names, ...kind.mergedIds, ...own.names];
  return {
    properties: [...new Set(asked.filter((name) => name !== null))],
    toCustomer: ({ id, properties, createdAt, updatedAt }) => ({
      id,
      previousIds: previousIds(kind, id, properties),
      externalId: text(properties, externalId),
      email: text(properties, email),
      phone: text(properties, fields.phone),
      name: joined(names.map((name) => text(properties, name))),
      country: text(properties, country),
      birthday: day(text(properties, birthday)),
      referredBy: text(properties, referredBy),
      eventsInvited: count(text(properties, eventsInvited)),
      eventsAttended: count(text(properties, eventsAttended)),
      feedback: count(text(properties, fields.feedback)),
      attributes: attributesOf(pairs, properties),
      optedOut: yes.test(text(properties, fields.optOut) ?? ''),
      createdAt: readInstant(createdAt),
      modifiedAt: readInstant(updatedAt) ?? updatedAt,
      held: own.held(properties),
    }),
  };
}

/** Ids of the records that were merged into this one: `1;2` or `1:1700000000000;2:…`. */
export function previousIds(
  { mergedIds }: ObjectKind,
  id: string,
  properties: WireProperties,
): readonly string[] {
  const ids = mergedIds
    .flatMap((name) => (properties[name] ?? '').split(';'))
    .map((entry) => entry.split(':')[0]?.trim() ?? '')
    .filter((entry) => /^\d+$/.test(entry) && entry !== id);
  return [...new Set(ids)];
}

function attributesOf(
  pairs: readonly (readonly [string, string])[],
  properties: WireProperties,
): Customer['attributes'] {
  const filled = pairs.flatMap(([name, property]) => {
    const value = text(properties, property);
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(filled);
}

function text(properties: WireProperties, name: string | null): string | null {
  const value = name === null ? null : properties[name]?.trim();
  return value === undefined || value === null || value === '' ? null : value;
}

function joined(parts: readonly (string | null)[]): string | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join(' ');
}

/** A day as a date property or text field holds it; anything that is no day is unknown. */
export function day(value: string | null): LocalDay | null {
  const canonical = value === null ? '' : canonicalDay(value);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(canonical) && !Number.isNaN(Date.parse(canonical));
  return isDay ? canonical : null;
}

function count(value: string | null): number | null {
  const number = value === null ? Number.NaN : Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}
