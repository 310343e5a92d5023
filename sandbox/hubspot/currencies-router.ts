import express from 'express';
import { z } from 'zod';
import { parseInput } from './body.ts';
import type { ExchangeRate } from './currencies.ts';
import type { Portal } from './portal.ts';

const rateCreate = z.object({
  fromCurrencyCode: z.string().length(3),
  conversionRate: z.number().positive(),
  effectiveAt: z.iso.datetime().optional(),
});

/** `/settings/currencies`: the account's currencies and what they are worth. */
export function currenciesRouter(portal: Portal): express.Router {
  const { currencies } = portal;
  const router = express.Router();

  router.get('/exchange-rates/current', (_req, res) => {
    res.json({ results: currencies.current(portal.clock()).map(renderRate) });
  });
  router.get('/exchange-rates', (_req, res) => {
    res.json({ results: currencies.history().map(renderRate) });
  });
  router.post('/exchange-rates', (req, res) => {
    const { fromCurrencyCode, conversionRate, effectiveAt } = parseInput(rateCreate, req.body);
    const at = effectiveAt === undefined ? portal.clock() : Date.parse(effectiveAt);
    currencies.setRate(fromCurrencyCode, conversionRate, at);
    const rate = currencies.current(at).find((each) => each.fromCurrencyCode === fromCurrencyCode);
    res.json(rate === undefined ? {} : renderRate(rate));
  });
  router.get('/company-currency', (_req, res) => {
    res.json({ currencyCode: currencies.companyCurrency });
  });
  router.get('/codes', (_req, res) => {
    res.json({ results: [...currencies.codes()].map((code) => ({ code })) });
  });
  return router;
}

function renderRate(rate: ExchangeRate) {
  const effectiveAt = new Date(rate.effectiveAt).toISOString();
  return {
    ...rate,
    effectiveAt,
    visibleInUI: true,
    createdAt: effectiveAt,
    updatedAt: effectiveAt,
  };
}
