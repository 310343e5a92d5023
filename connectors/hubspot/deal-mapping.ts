import { dayOf, textOf } from '../../src/connector/customer-values.ts';
import {
  converted,
  type DealAmounts,
  dealAmounts,
  discountOf,
  productsOf,
} from '../../src/connector/deal-values.ts';
import type { Deal, DealCustomer, DealStatus } from '../../src/domain/deal.ts';
import { type Money, parseMoney } from '../../src/domain/money.ts';
import { localDay } from '../../src/lib/local-day.ts';
import { parseMoment, readInstant, toInstant } from './instant.ts';
import type { MappedFields } from './settings.ts';
import type { WireProperties, WireRecord } from './wire.ts';

/** What a deal's values mean in this portal. */
export type DealContext = {
  /** Home amounts are in it. */
  readonly currency: string;
  /** HubSpot reckons its own home amounts in the company's currency: of no use in another. */
  readonly isCompanyCurrency: boolean;
  readonly timeZone: string;
  /** By stage id; empty until a deal needs it. */
  readonly stages: ReadonlyMap<string, DealStatus>;
  /** Today's rate to the company's currency, by code; empty until a deal needs it. */
  readonly rates: ReadonlyMap<string, number>;
};

const dealProperties = [
  'amount',
  'amount_in_home_currency',
  'deal_currency_code',
  'closedate',
  'dealstage',
  'hs_is_closed',
  'hs_is_closed_won',
  'hs_merged_object_ids',
] as const;

/** Properties to ask for. */
export function askedOfDeals({ deal }: MappedFields): readonly string[] {
  const mapped = Object.values(deal).filter((name) => name !== null);
  return [...new Set([...dealProperties, ...mapped])];
}

/** Whether only the pipelines can tell what became of the deal. */
export function needsStages({ properties }: WireRecord): boolean {
  return (properties['hs_is_closed_won'] ?? '') === '';
}

/** Whether only the account's rates can tell what the deal is worth at home. */
export function needsRates(
  { properties }: WireRecord,
  { currency, isCompanyCurrency }: Pick<DealContext, 'currency' | 'isCompanyCurrency'>,
): boolean {
  const code = (properties['deal_currency_code'] ?? '').toUpperCase();
  const isForeign = code !== '' && code !== currency;
  const hasHome = isCompanyCurrency && homeText(properties) !== '';
  return isForeign && (properties['amount'] ?? '') !== '' && !hasHome;
}

/** `customers`: `null` when this read does not say. */
export function toDeal(
  record: WireRecord,
  customers: readonly DealCustomer[] | null,
  fields: MappedFields,
  context: DealContext,
): Deal {
  const { id, properties, updatedAt } = record;
  const status = statusOf(properties, context);
  const closed = parseMoment(properties['closedate']);
  const { amount, homeAmount, problems } = amounts(properties, context);
  const mapped = (name: string | null) => textOf(properties, name);
  return {
    id,
    reference: mapped(fields.deal.reference),
    ...{ status, amount, homeAmount, customers },
    closedAt: closed === null ? null : toInstant(closed),
    closedOn: closed === null ? null : localDay(closed, context.timeZone),
    dueOn: dayOf(mapped(fields.deal.dueOn)),
    paidOn: dayOf(mapped(fields.deal.paidOn)),
    discount: discountOf(mapped(fields.deal.discount), amount),
    products: productsOf(mapped(fields.deal.products)),
    modifiedAt: readInstant(updatedAt) ?? updatedAt,
    // Open and lost deals may lack anything: only a won deal's gaps cost somebody a score.
    problems: status !== 'won' ? [] : closed === null ? [...problems, 'date-missing'] : problems,
  };
}

function statusOf(properties: WireProperties, { stages }: DealContext): DealStatus {
  const won = properties['hs_is_closed_won'] ?? '';
  if (won === '') return stages.get(properties['dealstage'] ?? '') ?? 'open';
  if (won === 'true') return 'won';
  return properties['hs_is_closed'] === 'true' ? 'lost' : 'open';
}

function amounts(properties: WireProperties, context: DealContext): DealAmounts {
  const code = (textOf(properties, 'deal_currency_code') ?? context.currency).toUpperCase();
  const written = textOf(properties, 'amount');
  return dealAmounts(written, code, (amount) => atHome(amount, properties, context));
}

// At the deal's own rate, which HubSpot keeps for a closed deal; today's rate only without one.
function atHome(
  amount: Money,
  properties: WireProperties,
  { currency, isCompanyCurrency, rates }: DealContext,
): Money | null {
  if (amount.currency === currency) return amount;
  const home = isCompanyCurrency ? parseMoney(homeText(properties), currency) : null;
  if (home !== null) return home;
  const rate = rates.get(amount.currency);
  return rate === undefined ? null : converted(amount, currency, rate);
}

function homeText(properties: WireProperties): string {
  return (properties['amount_in_home_currency'] ?? '').trim();
}
