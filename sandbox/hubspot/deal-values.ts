import { parseInstant } from './instant.ts';
import type { Portal } from './portal.ts';
import type { StoredRecord } from './record.ts';

type DealValue = (portal: Portal, deal: StoredRecord) => string | undefined;

/**
 * The calculated properties of a deal. Won and lost come from the stage's metadata alone; what
 * `hs_closed_amount` holds for a deal that is not won is unknown (README C20), here it is 0.
 */
export const DEAL_VALUES: Readonly<Record<string, DealValue>> = {
  hs_is_closed: (portal, deal) => String(isClosed(portal, deal)),
  hs_is_closed_won: (portal, deal) => String(isWon(portal, deal)),
  hs_is_closed_lost: (portal, deal) => String(isClosed(portal, deal) && !isWon(portal, deal)),
  hs_deal_stage_probability: (portal, deal) => probabilityOf(portal, deal)?.toString(),
  amount_in_home_currency: (portal, deal) => homeAmount(portal, deal)?.toString(),
  hs_closed_amount: (portal, deal) => (isWon(portal, deal) ? deal.properties['amount'] : '0'),
  hs_closed_amount_in_home_currency: (portal, deal) =>
    isWon(portal, deal) ? homeAmount(portal, deal)?.toString() : '0',
  hs_projected_amount: (portal, deal) => weighted(portal, deal, amountOf(deal)),
  hs_projected_amount_in_home_currency: (portal, deal) =>
    weighted(portal, deal, homeAmount(portal, deal)),
  num_associated_contacts: (portal, deal) =>
    portal.associations.targets({ type: 'deals', id: deal.id }, 'contacts').length.toString(),
};

export function isWon(portal: Portal, deal: StoredRecord): boolean {
  return portal.pipelines.isWon(deal.properties['dealstage'] ?? '');
}

export function isClosed(portal: Portal, deal: StoredRecord): boolean {
  return portal.pipelines.isClosed(deal.properties['dealstage'] ?? '');
}

/**
 * The amount in the company's currency: an open deal follows today's rate, a closed one keeps the
 * rate of its close date (README 21). Nothing without an amount or without a rate.
 */
export function homeAmount(portal: Portal, deal: StoredRecord): number | undefined {
  const amount = amountOf(deal);
  const code = deal.properties['deal_currency_code'] ?? portal.currencies.companyCurrency;
  const rate = portal.currencies.rateAt(code, rateTime(portal, deal));
  if (amount === undefined || rate === undefined) return undefined;
  return rate === 1 ? amount : Math.round(amount * rate * 100) / 100;
}

function rateTime(portal: Portal, deal: StoredRecord): number {
  const closed = isClosed(portal, deal)
    ? parseInstant(deal.properties['closedate'] ?? '')
    : undefined;
  return Math.min(closed ?? Number.POSITIVE_INFINITY, portal.clock());
}

function amountOf(deal: StoredRecord): number | undefined {
  const amount = deal.properties['amount'];
  return amount === undefined ? undefined : Number(amount);
}

function probabilityOf(portal: Portal, deal: StoredRecord): number | undefined {
  return portal.pipelines.probability(deal.properties['dealstage'] ?? '');
}

function weighted(portal: Portal, deal: StoredRecord, amount: number | undefined) {
  const probability = probabilityOf(portal, deal);
  if (amount === undefined || probability === undefined) return undefined;
  return String(Math.round(amount * probability * 100) / 100);
}
