import { describe, expect, it } from 'vitest';
import { wonSince } from '../../../connectors/zoho/deal-extras.ts';
import {
  type DealContext,
  type DealExtras,
  mappedOfDeals,
  toDeal,
} from '../../../connectors/zoho/deal-mapping.ts';
import { flatRecord } from '../../../connectors/zoho/flat-record.ts';
import { startOfDay } from '../../../connectors/zoho/instant.ts';
import { parseZohoSettings } from '../../../connectors/zoho/settings.ts';
import { inputsOf } from '../../../connectors/zoho/settings-fields.ts';
import type { Subject } from '../../../src/domain/subject.ts';

const auth = { clientIdEnv: 'A', clientSecretEnv: 'B', refreshTokenEnv: 'C' };
const context: DealContext = {
  ...{ currency: 'GBP', orgCurrency: 'GBP', timeZone: 'Europe/London', direction: 'per-home' },
  stages: new Map([
    ['Closed Won', 'won'],
    ['Paid', 'won'],
    ['Closed Lost', 'lost'],
    ['Qualification', 'open'],
  ]),
  rates: new Map([
    ['EUR', 1.25],
    ['USD', 1.5],
  ]),
};
const won = {
  ...{ Amount: 100.5, Stage: 'Closed Won', Closing_Date: '2026-06-30' },
  Modified_Time: '2026-11-22T06:32:03+05:30',
  Contact_Name: { name: 'Ada', id: '5725767000000100001' },
  Account_Name: { name: 'Acme', id: '5725767000000100002' },
};

type More = {
  readonly context?: Partial<DealContext>;
  readonly deal?: object;
  readonly subject?: Subject;
  readonly extras?: Partial<DealExtras>;
};

function read(values: object, { context: other, deal = {}, subject, extras }: More = {}) {
  const as: Subject = subject ?? 'contact';
  const fields = {
    deal: {
      ...{ reference: 'Ref', dueOn: 'Due', paidOn: 'Paid', discount: 'Off', products: 'Things' },
      ...deal,
    },
  };
  const inputs = inputsOf(parseZohoSettings({ auth, fields }).fields, as);
  const record = flatRecord({ id: '5725767000000100607', ...won, ...values });
  const more = { contacts: null, wonAt: undefined, ...extras };
  return toDeal(record, { inputs, subject: as }, { ...context, ...other }, more);
}

describe('a deal', () => {
  it('is won by what its stage counts as, whatever that is called', () => {
    expect(read({ Stage: 'Paid' }).status).toBe('won');
    expect(read({ Stage: 'Closed Lost' }).status).toBe('lost');
    expect(read({ Stage: 'Qualification' }).status).toBe('open');
    expect(read({ Stage: 'Won' }).status).toBe('open');
  });

  it('closes on the very day that its date names', () => {
    expect(read({})).toMatchObject({
      closedOn: '2026-06-30',
      closedAt: '2026-06-29T23:00:00.000Z',
      modifiedAt: '2026-11-22T01:02:03.000Z',
    });
    const kolkata = { context: { timeZone: 'Asia/Kolkata' } };
    expect(read({}, kolkata)).toMatchObject({
      closedOn: '2026-06-30',
      closedAt: '2026-06-29T18:30:00.000Z',
    });
  });

  it('closes on the day of the org’s zone when a moment is mapped', () => {
    const deal = { wonOn: 'Won_At' };
    expect(read({ Won_At: '2026-06-30T23:30:00+00:00' }, { deal })).toMatchObject({
      closedOn: '2026-07-01',
      closedAt: '2026-06-30T23:30:00.000Z',
    });
    expect(read({ Due: '2026-07-01T05:00:00+05:30' }).dueOn).toBe('2026-07-01');
    expect(read({ Due: '2026-07-01T03:00:00+05:30' }).dueOn).toBe('2026-06-30');
  });

  it('was won when its stage became a won one, if its history is asked', () => {
    const deal = { wonOn: 'stage-history' };
    const at = '2026-03-01T00:30:00.000Z';
    expect(read({}, { deal, extras: { wonAt: at } })).toMatchObject({
      ...{ closedAt: at, closedOn: '2026-03-01' },
    });
    const unknown = read({}, { deal, extras: { wonAt: null } });
    expect(unknown).toMatchObject({ closedOn: null, problems: ['date-missing'] });
  });

  it('has been won since it last came from elsewhere', () => {
    const step = (Stage: string, Modified_Time: string) =>
      flatRecord({ id: '1', Stage, Modified_Time });
    const rows = [
      step('Paid', '2026-05-02T00:00:00+00:00'),
      step('Closed Won', '2026-05-01T00:00:00+00:00'),
      step('Qualification', '2026-04-01T00:00:00+00:00'),
      step('Closed Won', '2026-03-01T00:00:00+00:00'),
    ];
    expect(wonSince(rows, context.stages)).toBe('2026-05-01T00:00:00.000Z');
    expect(wonSince(rows.slice(2), context.stages)).toBeNull();
    expect(wonSince([], context.stages)).toBeNull();
  });

  it('is worth its amount at the rate it was saved with, in units for one of home', () => {
    const euro = { Currency: 'EUR', Exchange_Rate: 1.162790698 };
    const deal = read(euro);
    expect(deal.amount).toEqual({ minor: 10_050, currency: 'EUR' });
    expect(deal.homeAmount).toEqual({ minor: 8_643, currency: 'GBP' });
    const other = { context: { direction: 'per-unit' } } as const;
    expect(read({ ...euro, Exchange_Rate: '0.86' }, other).homeAmount?.minor).toBe(8_643);
    expect(read({ Currency: 'GBP', Exchange_Rate: 1 }).homeAmount?.minor).toBe(10_050);
    expect(read({ Amount: '-12.5' }).homeAmount).toEqual({ minor: -1_250, currency: 'GBP' });
  });

  it('takes today’s rate where it has none, and refuses to guess where there is none', () => {
    expect(read({ Currency: 'EUR' }).homeAmount).toEqual({ minor: 8_040, currency: 'GBP' });
    const unknown = read({ Currency: 'JPY', Amount: 5_000 });
    expect(unknown.amount).toEqual({ minor: 5_000, currency: 'JPY' });
    expect(unknown).toMatchObject({ homeAmount: null, problems: ['rate-unknown'] });
  });

  it('is worth something in another home currency than the org’s only by the org’s rates', () => {
    const dollar = { context: { currency: 'USD' } };
    expect(read({}, dollar).homeAmount).toEqual({ minor: 15_075, currency: 'USD' });
    const euro = { Currency: 'EUR', Exchange_Rate: 1.25 };
    expect(read(euro, dollar).homeAmount).toEqual({ minor: 12_060, currency: 'USD' });
    const none = { context: { currency: 'USD', rates: new Map<string, number>() } };
    expect(read({}, none).problems).toEqual(['rate-unknown']);
  });

  it('names its primary contact, and those with a role after it', () => {
    const primary = { id: '5725767000000100001', primary: true };
    expect(read({}).customers).toEqual([primary]);
    const contacts = ['5725767000000100009', '5725767000000100001', '5725767000000100009'];
    expect(read({}, { extras: { contacts } }).customers).toEqual([
      primary,
      { id: '5725767000000100009', primary: false },
    ]);
    expect(read({ Contact_Name: null }).customers).toEqual([]);
    expect(read({}, { subject: 'company' }).customers).toEqual([
      { id: '5725767000000100002', primary: true },
    ]);
  });

  it('tells what was taken off, never below zero, and its products sorted, each once', () => {
    expect(read({ Off: 10.5 }).discount).toEqual({ minor: 1_050, currency: 'GBP' });
    for (const Off of [-1, 'ten', '', null]) expect(read({ Off }).discount).toBeNull();
    expect(read({ Amount: null, Off: 10 }).discount).toBeNull();
    expect(read({ Things: 'Teapots; Kites;Teapots;;' }).products).toEqual(['Kites', 'Teapots']);
    expect(read({ Things: ['Teapots', 'Kites'] }).products).toEqual(['Kites', 'Teapots']);
    for (const Things of [' ; ', '', null, []]) expect(read({ Things }).products).toBeNull();
  });

  it.each([
    [{ Amount: null }, 'amount-missing'],
    [{ Amount: '12,50 EUR' }, 'amount-unreadable'],
    [{ Currency: '€' }, 'currency-unknown'],
    [{ Closing_Date: null }, 'date-missing'],
    [{ Closing_Date: '20111-06-30' }, 'date-missing'],
  ] as const)('with %j has the problem %s', (values, problem) => {
    expect(read(values).problems).toEqual([problem]);
    expect(read({ ...values, Stage: 'Closed Lost' }).problems).toEqual([]);
  });

  it('is asked for by what its customer is, and by what is mapped', () => {
    const inputs = inputsOf(parseZohoSettings({ auth }).fields, 'company');
    expect(mappedOfDeals(inputs, 'company')).toEqual([
      ...['Amount', 'Stage', 'Account_Name', 'Closing_Date'],
    ]);
  });
});

describe('the start of a day', () => {
  it('is its midnight in the zone, or the first moment after a skipped one', () => {
    expect(startOfDay('2026-01-15', 'America/New_York')).toBe('2026-01-15T05:00:00.000Z');
    expect(startOfDay('2026-07-15', 'Pacific/Kiritimati')).toBe('2026-07-14T10:00:00.000Z');
    // Midnight was skipped in Beirut that day.
    expect(startOfDay('2024-03-31', 'Asia/Beirut')).toBe('2024-03-30T22:00:00.000Z');
  });
});
