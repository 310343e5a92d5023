import { describe, expect, it } from 'vitest';
import { type DealContext, toDeal } from '../../../connectors/hubspot/deal-mapping.ts';
import { parseHubSpotSettings } from '../../../connectors/hubspot/settings.ts';

const { fields } = parseHubSpotSettings({ token: 'T' });
const context: DealContext = {
  currency: 'GBP',
  isCompanyCurrency: true,
  timeZone: 'Europe/London',
  stages: new Map([
    ['s1', 'won'],
    ['s2', 'lost'],
  ]),
  rates: new Map([['EUR', 0.85]]),
};

const won = {
  ...{ amount: '100.50', hs_is_closed_won: 'true', hs_is_closed: 'true' },
  closedate: '2026-06-30T23:30:00Z',
};

function read(
  properties: Readonly<Record<string, string | null>>,
  more: Partial<DealContext> = {},
) {
  const record = {
    id: '1',
    updatedAt: '2026-11-22T01:02:03Z',
    properties: { ...won, ...properties },
  };
  return toDeal(record, [], fields, { ...context, ...more });
}

describe('a deal', () => {
  it('is won by HubSpot’s own word, whatever its stage is called', () => {
    expect(read({ dealstage: 'lost_for_ever' }).status).toBe('won');
    expect(read({ hs_is_closed_won: 'false' }).status).toBe('lost');
    expect(read({ hs_is_closed_won: 'false', hs_is_closed: 'false' }).status).toBe('open');
  });

  it('is won by its stage’s metadata where HubSpot says nothing', () => {
    const silent = { hs_is_closed_won: null };
    expect(read({ ...silent, dealstage: 's1' }).status).toBe('won');
    expect(read({ ...silent, dealstage: 's2' }).status).toBe('lost');
    expect(read({ ...silent, dealstage: 'closedwon' }).status).toBe('open');
  });

  it('closes on a day of the account’s time zone, ISO or epoch', () => {
    expect(read({}).closedOn).toBe('2026-07-01');
    const ms = String(Date.parse(won.closedate));
    expect(read({ closedate: ms })).toMatchObject({
      closedOn: '2026-07-01',
      closedAt: '2026-06-30T23:30:00.000Z',
    });
  });

  it('is worth its amount in the company’s currency', () => {
    expect(read({}).homeAmount).toEqual({ minor: 10_050, currency: 'GBP' });
    expect(read({ deal_currency_code: 'gbp' }).homeAmount).toEqual({
      minor: 10_050,
      currency: 'GBP',
    });
    expect(read({ amount: '-12.5' }).homeAmount).toEqual({ minor: -1_250, currency: 'GBP' });
  });

  it('is worth what HubSpot’s rate of the close date makes it', () => {
    const deal = read({ deal_currency_code: 'EUR', amount_in_home_currency: '88.44' });
    expect(deal.amount).toEqual({ minor: 10_050, currency: 'EUR' });
    expect(deal.homeAmount).toEqual({ minor: 8_844, currency: 'GBP' });
    expect(deal.problems).toEqual([]);
  });

  it('takes today’s rate where HubSpot has none, and refuses to guess where there is none', () => {
    expect(read({ deal_currency_code: 'EUR' }).homeAmount).toEqual({
      minor: 8_543,
      currency: 'GBP',
    });
    const unknown = read({ deal_currency_code: 'JPY', amount: '5000' });
    expect(unknown.amount).toEqual({ minor: 5_000, currency: 'JPY' });
    expect(unknown).toMatchObject({ homeAmount: null, problems: ['rate-unknown'] });
  });

  it('does not take HubSpot’s home amount for another currency than the company’s', () => {
    const foreign = { deal_currency_code: 'EUR', amount_in_home_currency: '88.44' };
    const deal = read(foreign, { isCompanyCurrency: false, rates: new Map() });
    expect(deal.problems).toEqual(['rate-unknown']);
  });

  it('tells what was taken off, in its own currency, never below zero', () => {
    const inEuro = { deal_currency_code: 'EUR', amount_in_home_currency: '88.44' };
    expect(read({ ...inEuro, discount_amount: '10.5' }).discount).toEqual({
      minor: 1_050,
      currency: 'EUR',
    });
    expect(read({ discount_amount: '0' }).discount).toEqual({ minor: 0, currency: 'GBP' });
    for (const discount_amount of ['-1', 'ten', '', null])
      expect(read({ discount_amount }).discount).toBeNull();
    expect(read({ amount: null, discount_amount: '10' }).discount).toBeNull();
  });

  it('names its products sorted, each once', () => {
    expect(read({ products: 'Teapots; Kites;Teapots;;' }).products).toEqual(['Kites', 'Teapots']);
    for (const products of [' ; ', '', null]) expect(read({ products }).products).toBeNull();
  });

  it.each([
    [{ amount: null }, 'amount-missing'],
    [{ amount: '12,50 EUR' }, 'amount-unreadable'],
    [{ deal_currency_code: '€' }, 'currency-unknown'],
    [{ closedate: null }, 'date-missing'],
    [{ closedate: 'yesterday' }, 'date-missing'],
  ] as const)('with %j has the problem %s', (properties, problem) => {
    expect(read(properties).problems).toEqual([problem]);
    expect(read({ ...properties, hs_is_closed_won: 'false' }).problems).toEqual([]);
  });
});
