import type { InventedCompany } from '../data/invented-company.ts';
import type { WorldCustomer, WorldOrder } from '../data/world.ts';
import type { Properties } from './record.ts';

/** The stage that the default pipeline calls won; a portal's owner may have added others. */
const WON = 'closedwon';
const PIPELINE = 'default';

/** A customer as a contact's properties. What nobody knows is left out, as HubSpot keeps it. */
export function contactProperties(customer: WorldCustomer): Properties {
  const { events } = customer;
  return known({
    email: customer.email,
    firstname: customer.firstName,
    lastname: customer.lastName,
    external_id: customer.externalId,
    country: customer.country,
    phone: customer.phone,
    industry: customer.industry,
    birthday: customer.birthday,
    referred_by: customer.referredBy,
    events_invited: events && String(events.invited),
    events_attended: events && String(events.attended),
    feedback_count: customer.feedback === null ? null : String(customer.feedback),
    do_not_score: customer.optedOut ? 'true' : null,
  });
}

/** An invoice as a won deal; a cancellation is a won deal of a negative amount. */
export function dealProperties(order: WorldOrder, currency: string): Properties {
  return known({
    dealname: `Invoice ${order.externalId}`,
    invoice_number: order.externalId,
    amount: order.amount,
    deal_currency_code: currency,
    closedate: new Date(order.placedAt).toISOString(),
    pipeline: PIPELINE,
    dealstage: WON,
    due_date: order.dueOn,
    paid_date: order.paidOn,
    discount_amount: order.discount,
    products: order.products?.join(';') ?? null,
  });
}

export function companyProperties(company: InventedCompany): Properties {
  const { externalId, name, domain, industry } = company;
  return { name, domain, industry, external_id: externalId };
}

function known(values: Readonly<Record<string, string | null>>): Properties {
  const properties: Record<string, string> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== null && value !== undefined) properties[name] = value;
  }
  return properties;
}
