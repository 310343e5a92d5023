import { hash } from 'node:crypto';
import type { Customer } from '../domain/customer.ts';
import { type FieldValues, fieldKeys } from '../domain/field.ts';
import { matchKeys } from './match-keys.ts';
import type { Columns } from './recordset.ts';

/** Columns that a page writes, as `toCustomerRow` gives them. */
export const customerColumns: Columns = {
  id: 'text',
  previous_ids: 'jsonb',
  external_id: 'text',
  email: 'text',
  phone: 'text',
  name: 'text',
  country: 'text',
  birthday: 'date',
  referred_by: 'text',
  events_invited: 'double precision',
  events_attended: 'double precision',
  feedback: 'double precision',
  attributes: 'jsonb',
  opted_out: 'boolean',
  created_at: 'timestamptz',
  modified_at: 'timestamptz',
  held: 'jsonb',
  content: 'text',
  email_key: 'text',
  phone_key: 'text',
  name_key: 'text',
};

export function toCustomerRow(customer: Customer) {
  const content = customerContent(customer);
  return { ...toFacts(customer), ...toVersion(customer), content, ...matchKeys(customer) };
}

function toFacts(customer: Customer) {
  return {
    id: customer.id,
    previous_ids: customer.previousIds,
    external_id: customer.externalId,
    email: customer.email,
    phone: customer.phone,
    name: customer.name,
    country: customer.country,
    birthday: customer.birthday,
    referred_by: customer.referredBy,
    events_invited: customer.eventsInvited,
    events_attended: customer.eventsAttended,
    feedback: customer.feedback,
    attributes: customer.attributes,
    opted_out: customer.optedOut,
    created_at: customer.createdAt,
  };
}

function toVersion(customer: Customer) {
  return { modified_at: customer.modifiedAt, held: withoutEmpty(customer.held) };
}

/** Changes when anything but the modified time and our own fields does. */
function customerContent(customer: Customer): string {
  return hash('sha1', JSON.stringify(toFacts(customer)), 'base64');
}

/** A missing key means empty, so an empty value is not kept. */
export function withoutEmpty(held: FieldValues): FieldValues {
  return Object.fromEntries(Object.entries(held).filter(([, value]) => value != null));
}

export function isSameHeld(a: FieldValues, b: FieldValues): boolean {
  return fieldKeys.every((key) => (a[key] ?? null) === (b[key] ?? null));
}

/** A row as read: `customerFields` of the table. */
type CustomerRow = {
  readonly id: string;
  readonly previous_ids: readonly string[];
  readonly external_id: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly name: string | null;
  readonly country: string | null;
  readonly birthday: string | null;
  readonly referred_by: string | null;
  readonly events_invited: number | null;
  readonly events_attended: number | null;
  readonly feedback: number | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly opted_out: boolean;
  readonly created_at: string | null;
  readonly modified_at: string;
  readonly held: FieldValues;
};

/** What `toCustomer` needs. */
export const customerFields = [
  'id',
  'previous_ids',
  'external_id',
  'email',
  'phone',
  'name',
  'country',
  'birthday',
  'referred_by',
  'events_invited',
  'events_attended',
  'feedback',
  'attributes',
  'opted_out',
  'created_at',
  'modified_at',
  'held',
] as const;

export function toCustomer(row: CustomerRow): Customer {
  return {
    id: row.id,
    previousIds: row.previous_ids,
    externalId: row.external_id,
    email: row.email,
    phone: row.phone,
    name: row.name,
    country: row.country,
    birthday: row.birthday,
    referredBy: row.referred_by,
    eventsInvited: row.events_invited,
    eventsAttended: row.events_attended,
    feedback: row.feedback,
    attributes: row.attributes,
    optedOut: row.opted_out,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    held: row.held,
  };
}
