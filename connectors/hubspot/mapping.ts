import {
  attributesOf,
  countOf,
  dayOf,
  joinedText,
  saysYes,
  textOf,
} from '../../src/connector/customer-values.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { Subject } from '../../src/domain/subject.ts';
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
  const mapped = [...Object.values(single), email, ...Object.values(attributes)];
  const asked = [...mapped, ...names, ...kind.mergedIds, ...own.names];
  return {
    properties: [...new Set(asked.filter((name) => name !== null))],
    toCustomer: ({ id, properties, createdAt, updatedAt }) => ({
      id,
      previousIds: previousIds(kind, id, properties),
      externalId: textOf(properties, externalId),
      email: textOf(properties, email),
      phone: textOf(properties, fields.phone),
      name: joinedText(properties, names),
      country: textOf(properties, country),
      birthday: dayOf(textOf(properties, birthday)),
      referredBy: textOf(properties, referredBy),
      eventsInvited: countOf(textOf(properties, eventsInvited)),
      eventsAttended: countOf(textOf(properties, eventsAttended)),
      feedback: countOf(textOf(properties, fields.feedback)),
      attributes: attributesOf(properties, attributes),
      optedOut: saysYes(textOf(properties, fields.optOut)),
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
