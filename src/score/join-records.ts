import type { HistoryInput } from './history-input.ts';

type Customer = HistoryInput['customer'];

/**
 * The records of one customer as one: of each field the first that is filled, in the order of
 * trust; the earliest day of creation; left out when any of them asks for it.
 */
export function joinRecords(records: readonly Customer[]): Omit<Customer, 'id'> {
  const first = <T>(read: (record: Customer) => T | null): T | null =>
    records.map(read).find((value) => value !== null) ?? null;
  const text = (read: (record: Customer) => string | null): string | null =>
    records.map(read).find((value) => value !== null && value.trim() !== '') ?? first(read);
  return {
    externalId: text(({ externalId }) => externalId),
    email: text(({ email }) => email),
    phone: text(({ phone }) => phone),
    name: text(({ name }) => name),
    country: text(({ country }) => country),
    birthday: text(({ birthday }) => birthday),
    createdAt: earliest(records),
    ...eventsOf(records),
    feedback: first(({ feedback }) => feedback),
    attributes: Object.fromEntries(
      records.toReversed().flatMap((record) => Object.entries(record.attributes)),
    ),
    optedOut: records.some(({ optedOut }) => optedOut),
  };
}

/** Both from one record, so that nobody attends more than they were invited to. */
function eventsOf(records: readonly Customer[]) {
  const known = records.find(
    ({ eventsInvited, eventsAttended }) => eventsInvited !== null || eventsAttended !== null,
  );
  return {
    eventsInvited: known?.eventsInvited ?? null,
    eventsAttended: known?.eventsAttended ?? null,
  };
}

/** Instants of several accounts may be written in several zones. */
function earliest(records: readonly Customer[]): string | null {
  const known = records.flatMap(({ createdAt }) => createdAt ?? []);
  return known.reduce<string | null>(
    (least, at) => (least === null || Date.parse(at) < Date.parse(least) ? at : least),
    null,
  );
}
