import { describe, expect, it } from 'vitest';
import { Currencies } from '../../../sandbox/hubspot/currencies.ts';
import { Pipelines } from '../../../sandbox/hubspot/pipelines.ts';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { startCaller } from './caller.ts';

const clock = new AdjustableClock(() => Date.parse('2026-07-01T12:00:00Z'));
const { sandbox, call } = await startCaller({
  clock,
  portalOptions: { timeZone: 'America/St_Johns', companyCurrency: 'CAD', portalId: 99 },
});

describe('the account', () => {
  it('tells its currency and where its day begins', async () => {
    sandbox.portal.currencies.setRate('EUR', 1.5);
    expect((await call('GET', '/account-info/2026-03/details')).body).toMatchObject({
      portalId: 99,
      timeZone: 'America/St_Johns',
      companyCurrency: 'CAD',
      additionalCurrencies: ['EUR'],
      utcOffset: '-02:30',
      utcOffsetMilliseconds: -9_000_000,
    });
  });

  it('tells what its currencies are worth now', async () => {
    sandbox.portal.currencies.setRate('EUR', 1.6, Date.parse('2026-06-01'));
    sandbox.portal.currencies.setRate('EUR', 1.7, Date.parse('2026-12-01'));
    const { body } = await call('GET', '/settings/v3/currencies/exchange-rates/current');
    expect(body).toMatchObject({
      results: [{ fromCurrencyCode: 'EUR', toCurrencyCode: 'CAD', conversionRate: 1.6 }],
    });
  });

  it('shows owners who left only to who asks, and without a user id', async () => {
    const active = await call('GET', '/crm/v3/owners/?limit=1');
    expect(active.body).toMatchObject({
      results: [{ id: '41' }],
      paging: { next: { after: '41' } },
    });
    const gone = await call('GET', '/crm/owners/2026-03?archived=true');
    expect(gone.body).toMatchObject({
      results: [{ id: '43', archived: true, userId: null, userIdIncludingInactive: 9_043 }],
    });
    expect((await call('GET', '/crm/owners/2026-03/43')).status).toBe(404);
  });
});

describe('exchange rates', () => {
  const currencies = new Currencies('USD');
  currencies.setRate('GBP', 1.2, 1_000);
  currencies.setRate('GBP', 1.3, 2_000);

  it.each([
    ['before the first', 500, 1.2],
    ['on the first day', 1_000, 1.2],
    ['just before the second', 1_999, 1.2],
    ['long after', 9_999, 1.3],
  ])('%s', (_when, time, rate) => {
    expect(currencies.rateAt('GBP', time)).toBe(rate);
  });

  it('are one for the company currency, and unknown for any other', () => {
    expect(currencies.rateAt('USD', 0)).toBe(1);
    expect(currencies.rateAt('JPY', 0)).toBeUndefined();
  });
});

describe('pipelines', () => {
  it('call won what their metadata call won, not what is named so', () => {
    const pipelines = new Pipelines();
    const stage = (stageId: string, probability: string, displayOrder: number) => ({
      stageId,
      label: stageId,
      displayOrder,
      metadata: { probability },
    });
    pipelines.create('deals', {
      label: 'Other',
      displayOrder: 1,
      stages: [stage('closedwon_not', '0.5', 1), stage('paid', '1.0', 2), stage('gone', '0.0', 3)],
    });
    expect(['closedwon', 'paid'].map((id) => pipelines.isWon(id))).toEqual([true, true]);
    expect(['closedwon_not', 'gone'].map((id) => pipelines.isWon(id))).toEqual([false, false]);
    expect(pipelines.isClosed('gone')).toBe(true);
    expect(pipelines.isWon('no such stage')).toBe(false);
  });

  it('keep the ids of stages that a PUT repeats', async () => {
    const path = '/crm/pipelines/2026-03/deals/default';
    const stage = { stageId: 'closedwon', label: 'Paid', displayOrder: 0 };
    const body = {
      label: 'Shop',
      displayOrder: 0,
      stages: [{ ...stage, metadata: { probability: '1.0' } }],
    };
    expect(await call('PUT', path, body)).toMatchObject({
      status: 200,
      body: { id: 'default', stages: [{ id: 'closedwon', metadata: { isClosed: 'true' } }] },
    });
  });

  it('refuse a deal stage without a probability, and the loss of the last pipeline', async () => {
    const stages = '/crm/pipelines/2026-03/deals/default/stages';
    const bare = { label: 'Vague', displayOrder: 9, metadata: {} };
    expect((await call('POST', stages, bare)).status).toBe(400);
    expect((await call('DELETE', '/crm/pipelines/2026-03/deals/default')).status).toBe(400);
  });
});
