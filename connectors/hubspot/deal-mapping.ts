import type { Deal, DealCustomer, DealProblem, DealStatus } from '../../src/domain/deal.ts';
import { type Money, minorDigits, parseMoney } from '../../src/domain/money.ts';
import { localDay } from '../../src/lib/local-day.ts';
import { parseMoment, readInstant, toInstant } from './instant.ts';
import { day } from './mapping.ts';
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
  const mapped = (name: string | null) => (name === null ? null : (properties[name] ?? null));
  const reference = mapped(fields.deal.reference)?.trim() ?? '';
  return {
    id,
    reference: reference === '' ? null : reference,
    ...{ status, amount, homeAmount, customers },
    closedAt: closed === null ? null : toInstant(closed),
    closedOn: closed === null ? null : localDay(closed, context.timeZone),
    dueOn: day(mapped(fields.deal.dueOn)),
    paidOn: day(mapped(fields.deal.paidOn)),
    discount: discountOf(mapped(fields.deal.discount), amount),
    products: productsOf(mapped(fields.deal.products)),
    modifiedAt: readInstant(updatedAt) ?? updatedAt,
    // Open and lost deals may lack anything: only a won deal's gaps cost somebody a score.
    problems: status !== 'won' ? [] : closed === null ? [...problems, 'date-missing'] : problems,
  };
}

/** In the deal's currency; one below zero is no discount. */
function discountOf(written: string | null, amount: Money | null): Money | null {
  const text = written?.trim() ?? '';
  if (amount === null || text === '') return null;
  const discount = parseMoney(text, amount.currency);
  return discount === null || discount.minor < 0 ? null : discount;
}

/** Text or checkboxes: HubSpot puts a semicolon between the values of either. */
function productsOf(written: string | null): readonly string[] | null {
  const named = (written ?? '').split(';').map((each) => each.trim());
  const products = [...new Set(named.filter((each) => each !== ''))].toSorted();
  return products.length === 0 ? null : products;
}

function statusOf(properties: WireProperties, { stages }: DealContext): DealStatus {
  const won = properties['hs_is_closed_won'] ?? '';
  if (won === '') return stages.get(properties['dealstage'] ?? '') ?? 'open';
  if (won === 'true') return 'won';
  return properties['hs_is_closed'] === 'true' ? 'lost' : 'open';
}

type Amounts = {
  readonly amount: Money | null;
  readonly homeAmount: Money | null;
  readonly problems: readonly DealProblem[];
};

function amounts(properties: WireProperties, context: DealContext): Amounts {
  const written = (properties['amount'] ?? '').trim();
  const code = (properties['deal_currency_code'] ?? '').trim().toUpperCase() || context.currency;
  const unusable = (problem: DealProblem): Amounts => {
    return { amount: null, homeAmount: null, problems: [problem] };
  };
  if (written === '') return unusable('amount-missing');
  if (!/^[A-Z]{3}$/.test(code)) return unusable('currency-unknown');
  const amount = parseMoney(written, code);
  if (amount === null) return unusable('amount-unreadable');
  const homeAmount = atHome(amount, properties, context);
  return { amount, homeAmount, problems: homeAmount === null ? ['rate-unknown'] : [] };
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

function converted(amount: Money, currency: string, rate: number): Money | null {
  const shift = 10 ** (minorDigits(currency) - minorDigits(amount.currency));
  const minor = Math.sign(amount.minor) * Math.round(Math.abs(amount.minor) * rate * shift);
  return Number.isSafeInteger(minor) ? { minor: minor === 0 ? 0 : minor, currency } : null;
}

function homeText(properties: WireProperties): string {
  return (properties['amount_in_home_currency'] ?? '').trim();
}
