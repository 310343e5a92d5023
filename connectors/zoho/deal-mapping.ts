import { dayOf, textOf } from '../../src/connector/customer-values.ts';
import { discountOf, productsOf } from '../../src/connector/deal-values.ts';
import type { Deal, DealCustomer, DealStatus } from '../../src/domain/deal.ts';
import type { Subject } from '../../src/domain/subject.ts';
import type { Instant, LocalDay } from '../../src/domain/time.ts';
import { localDay } from '../../src/lib/local-day.ts';
import { amountsOf, type RateDirection } from './deal-amounts.ts';
import type { FlatRecord, FlatValues } from './flat-record.ts';
import { parseMoment, startOfDay, toInstant } from './instant.ts';
import { modifiedAt } from './mapping.ts';
import type { Inputs } from './settings-fields.ts';

/** What a deal's values mean in this org. */
export type DealContext = {
  /** Home amounts are in it. */
  readonly currency: string;
  /** The org's own, which exchange rates refer to. */
  readonly orgCurrency: string;
  readonly timeZone: string;
  /** By the stage's stored value; empty until a deal needs it. */
  readonly stages: ReadonlyMap<string, DealStatus>;
  /** Today's exchange rates as Zoho gives them, by code; empty until a deal needs one. */
  readonly rates: ReadonlyMap<string, number>;
  readonly direction: RateDirection;
};

/** What other calls than the deal's own have told. */
export type DealExtras = {
  /** `null`: only what the record itself names. */
  readonly contacts: readonly string[] | null;
  /** When its stage became a won one; `undefined` when that was not asked. */
  readonly wonAt: Instant | null | undefined;
};

/** Only orgs with several currencies have the last two. */
export const currencyFields = ['Currency', 'Exchange_Rate'] as const;

/** The lookup that names a deal's customer. */
export function customerLookup(subject: Subject): string {
  return subject === 'contact' ? 'Contact_Name' : 'Account_Name';
}

/** Fields of a deal that inputs are read from, each once, without the currency's. */
export function mappedOfDeals({ deal }: Inputs, subject: Subject): readonly string[] {
  const { wonOn, ...single } = deal;
  const days = wonOn === 'stage-history' ? [] : [wonOn];
  const fixed = ['Amount', 'Stage', customerLookup(subject)];
  const all = [...fixed, ...days, ...Object.values(single)];
  return [...new Set(all.filter((name) => name !== null))];
}

/** By `forecast_type` of its stage, never by the stage's name (facts §9). */
export function statusOf({ values }: FlatRecord, stages: DealContext['stages']): DealStatus {
  return stages.get(values['Stage'] ?? '') ?? 'open';
}

/** Whether only the org's rates can tell what the deal is worth at home. */
export function needsRates(
  { values }: FlatRecord,
  { currency, orgCurrency }: Pick<DealContext, 'currency' | 'orgCurrency'>,
): boolean {
  if (textOf(values, 'Amount') === null) return false;
  const code = (textOf(values, 'Currency') ?? orgCurrency).toUpperCase();
  if (code === currency) return false;
  return currency !== orgCurrency || textOf(values, 'Exchange_Rate') === null;
}

type Mapping = { readonly inputs: Inputs; readonly subject: Subject };

export function toDeal(
  record: FlatRecord,
  { inputs: { deal }, subject }: Mapping,
  context: DealContext,
  extras: DealExtras,
): Deal {
  const { id, values } = record;
  const status = statusOf(record, context.stages);
  const { amount, homeAmount, problems } = amountsOf(values, context);
  const closed = closedOf(values, deal.wonOn, status, context, extras);
  return {
    id,
    reference: textOf(values, deal.reference),
    ...{ status, amount, homeAmount, ...closed },
    dueOn: dayIn(textOf(values, deal.dueOn), context.timeZone),
    paidOn: dayIn(textOf(values, deal.paidOn), context.timeZone),
    discount: discountOf(textOf(values, deal.discount), amount),
    products: productsOf(textOf(values, deal.products)),
    modifiedAt: modifiedAt(values),
    // Open and lost deals may lack anything: only a won deal's gaps cost somebody a score.
    problems:
      status !== 'won' ? [] : closed.closedOn === null ? [...problems, 'date-missing'] : problems,
    customers: customersOf(textOf(values, customerLookup(subject)), extras.contacts),
  };
}

/** The contact or account that the deal names is its primary one; those with a role come after it. */
function customersOf(
  primary: string | null,
  contacts: readonly string[] | null,
): readonly DealCustomer[] {
  const others = (contacts ?? []).filter((id) => id !== primary);
  const first = primary === null ? [] : [{ id: primary, primary: true }];
  return [...first, ...[...new Set(others)].map((id) => ({ id, primary: false }))];
}

type Closed = { readonly closedAt: Instant | null; readonly closedOn: LocalDay | null };

function closedOf(
  values: FlatValues,
  wonOn: string,
  status: DealStatus,
  { timeZone }: DealContext,
  { wonAt }: DealExtras,
): Closed {
  if (wonOn === 'stage-history' && status === 'won') return closedAt(wonAt ?? null, timeZone);
  return closedAt(textOf(values, wonOn === 'stage-history' ? 'Closing_Date' : wonOn), timeZone);
}

/** A date stands for the day it names, a moment for the day it falls on in the org's zone. */
function closedAt(written: string | null, timeZone: string): Closed {
  const closedOn = dayIn(written, timeZone);
  if (closedOn === null) return { closedAt: null, closedOn };
  const ms = parseMoment(written);
  return { closedAt: ms === null ? startOfDay(closedOn, timeZone) : toInstant(ms), closedOn };
}

function dayIn(written: string | null, timeZone: string): LocalDay | null {
  const ms = parseMoment(written);
  return ms === null ? dayOf(written) : localDay(ms, timeZone);
}
