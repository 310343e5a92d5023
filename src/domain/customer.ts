import type { FieldValues } from './field.ts';
import type { RecordId } from './ids.ts';
import type { Instant, LocalDay } from './time.ts';

/** The record that is scored, as last pulled: only mapped fields, `null` where the CRM has none. */
export type Customer = {
  readonly id: RecordId;
  /** Ids of records merged into this one, as far as the CRM tells. */
  readonly previousIds: readonly RecordId[];
  /** The id in the seller's own system, from the mapped field. */
  readonly externalId: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly name: string | null;
  readonly country: string | null;
  readonly birthday: LocalDay | null;
  /** Who referred this customer: an external id, record id or e-mail, as the mapped field holds it. */
  readonly referredBy: string | null;
  /** Invitations to and attendances at events; `null` is unknown, never zero. */
  readonly eventsInvited: number | null;
  readonly eventsAttended: number | null;
  /** Constructive feedback given: survey answers or suggestions; `null` is unknown. */
  readonly feedback: number | null;
  /** Mapped attributes by the policy's names, filled ones only; sensitive ones cannot be mapped. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Asked to be left out of scoring; the mapped field says so. */
  readonly optedOut: boolean;
  readonly createdAt: Instant | null;
  readonly modifiedAt: Instant;
  /** Our own fields as the CRM holds them now. */
  readonly held: FieldValues;
};
