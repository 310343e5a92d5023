import {
  attributesOf,
  countOf,
  dayOf,
  joinedText,
  saysYes,
  textOf,
} from '../../src/connector/customer-values.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { FlatRecord, FlatValues } from './flat-record.ts';
import { readInstant } from './instant.ts';
import type { OwnFields } from './own-fields.ts';
import type { Inputs } from './settings-fields.ts';

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
    externalId: textOf(values, inputs.externalId),
    email: textOf(values, inputs.email),
    phone: textOf(values, inputs.phone),
    name: joinedText(values, inputs.name ?? []),
    country: textOf(values, inputs.country),
    birthday: dayOf(textOf(values, inputs.birthday)),
    referredBy: textOf(values, inputs.referredBy),
    eventsInvited: countOf(textOf(values, inputs.eventsInvited)),
    eventsAttended: countOf(textOf(values, inputs.eventsAttended)),
    feedback: countOf(textOf(values, inputs.feedback)),
    attributes: attributesOf(values, inputs.attributes),
    optedOut: saysYes(textOf(values, inputs.optOut)),
    createdAt: readInstant(values['Created_Time']),
    modifiedAt: modifiedAt(values),
    held: own.held(values),
  };
}

/** A record without a modified time (facts §2.3) is older than any with one. */
export function modifiedAt(values: FlatValues): string {
  return readInstant(values['Modified_Time']) ?? '1970-01-01T00:00:00.000Z';
}
