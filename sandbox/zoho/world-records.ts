import { localDay } from '../../src/lib/local-day.ts';
import type { World, WorldCustomer, WorldOrder } from '../data/world.ts';
import type { Org } from './org.ts';
import type { StoredValue, StoredValues } from './record.ts';

/** A customer as a contact's values. What nobody knows is empty. */
export function contactValues(customer: WorldCustomer): StoredValues {
  const { events } = customer;
  return {
    Email: customer.email,
    First_Name: customer.firstName,
    Last_Name: customer.lastName,
    External_Id: customer.externalId,
    Mailing_Country: customer.country,
    Phone: customer.phone,
    Industry: customer.industry,
    Date_of_Birth: customer.birthday,
    Referred_By: customer.referredBy,
    Events_Invited: events === null ? null : events.invited,
    Events_Attended: events === null ? null : events.attended,
    Feedback_Count: customer.feedback,
    Do_Not_Score: customer.optedOut,
  };
}

/** What all deals of one world in one org have in common. */
export interface DealMapping {
  /** IANA name of the zone of the seller's days. */
  readonly timeZone: string;
  readonly stage: string;
  readonly pipeline: string;
  /** Empty where the org has one currency only: its deals have no such fields. */
  readonly money: StoredValues;
}

/** Throws when the org cannot hold the world's currency. */
export function dealMapping(org: Org, { currency, timeZone }: World): DealMapping {
  const rate = org.currencies.rateAt(currency);
  if (rate === undefined) throw new RangeError(`The org has no currency ${currency}.`);
  const [pipeline] = org.pipelines.all();
  const stage = pipeline?.stages.find(({ forecastType }) => forecastType === 'Closed Won');
  if (pipeline === undefined || stage === undefined)
    throw new RangeError('The org’s first pipeline has no stage that counts as won.');
  return {
    timeZone,
    stage: stage.actualValue,
    pipeline: pipeline.actualValue,
    money: org.currencies.isMulti ? { Currency: currency, Exchange_Rate: rate } : {},
  };
}

/** An invoice as a won deal; a cancellation is a won deal of a negative amount. */
export function dealValues(
  order: WorldOrder,
  contactId: string | null,
  { timeZone, stage, pipeline, money }: DealMapping,
): Readonly<Record<string, StoredValue>> {
  return {
    Deal_Name: `Invoice ${order.externalId}`,
    Invoice_Number: order.externalId,
    Amount: Number(order.amount),
    Closing_Date: localDay(Date.parse(order.placedAt), timeZone),
    Pipeline: pipeline,
    Stage: stage,
    Contact_Name: contactId,
    Due_Date: order.dueOn,
    Paid_Date: order.paidOn,
    Discount_Amount: order.discount === null ? null : Number(order.discount),
    Products: order.products?.join(';') ?? null,
    ...money,
  };
}
