import { Router } from 'express';
import { z } from 'zod';
import { answerEach } from './answer-each.ts';
import type { Currency } from './currencies.ts';
import { ZohoError } from './errors.ts';
import { instantText } from './instant.ts';
import type { Org } from './org.ts';
import { invalidParameter, pathPart } from './parameters.ts';
import { idText, parseInput } from './parse-input.ts';
import { shownTimeZone, userView } from './record-view.ts';

type Wire = Readonly<Record<string, unknown>>;

// Up to nine digits before the point and nine after (facts §9).
const rate = z.string().regex(/^\d{1,9}(\.\d{1,9})?$/);
const newCurrencies = z.object({
  currencies: z.array(z.object({ iso_code: z.string().length(3), exchange_rate: rate })).min(1),
});
const newRates = z.object({
  currencies: z.array(z.object({ id: idText.optional(), exchange_rate: rate })).min(1),
});

/** The org itself and its currencies (facts §9). */
export function orgRouter(org: Org): Router {
  const router = Router();
  router.get('/org', (_req, res) => {
    res.json({ org: [orgWire(org)] });
  });
  router.get('/org/currencies', (_req, res) => {
    res.json({ currencies: org.currencies.all().map((each) => currencyWire(org, each)) });
  });
  router.get('/org/currencies/:id', (req, res) => {
    const found = org.currencies.byId(pathPart(req, 'id'));
    if (found === undefined) throw invalidParameter('id');
    res.json({ currencies: [currencyWire(org, found)] });
  });
  router.post('/org/currencies', (req, res) => {
    const { currencies } = parseInput(newCurrencies, req.body);
    answerEach(res, 'currencies', currencies, 201, ({ iso_code, exchange_rate }) => {
      if (org.currencies.rateAt(iso_code) !== undefined) throw duplicate();
      const { id } = org.currencies.add(iso_code, Number(exchange_rate));
      return { message: 'The currency created successfully', details: { id } };
    });
  });
  router.put(['/org/currencies', '/org/currencies/:id'], (req, res) => {
    const { currencies } = parseInput(newRates, req.body);
    answerEach(
      res,
      'currencies',
      currencies,
      200,
      ({ id = pathPart(req, 'id'), exchange_rate }) => {
        const found = org.currencies.byId(id);
        if (found === undefined) throw invalidParameter('id');
        org.currencies.add(found.iso, Number(exchange_rate));
        return { message: 'The currency updated successfully', details: { id } };
      },
    );
  });
  return router;
}

function duplicate(): ZohoError {
  const path = { api_name: 'iso_code', json_path: '$.currencies[0].iso_code' };
  return new ZohoError(400, 'DUPLICATE_DATA', 'duplicate data', path);
}

function orgWire(org: Org): Wire {
  const { options, currencies } = org;
  const { home } = currencies;
  return {
    id: options.zgid,
    zgid: options.zgid,
    company_name: 'Sandbox',
    domain_name: `org${options.zgid}`,
    primary_email: org.users.current.email,
    primary_zuid: org.users.current.id.slice(-10),
    time_zone: options.timeZone,
    currency: home.name,
    iso_code: home.iso,
    currency_symbol: symbolOf(home.iso),
    currency_locale: 'en_US',
    country_code: 'US',
    mc_status: currencies.isMulti,
    type: 'Production',
    license_details: {
      paid: options.edition !== 'free',
      paid_type: options.edition,
      paid_expiry: null,
      trial_type: null,
      trial_expiry: null,
      users_license_purchased: options.licences,
    },
    privacy_settings: false,
    hipaa_compliance_enabled: false,
    translation_enabled: false,
    max_per_page: 200,
  };
}

function currencyWire(org: Org, currency: Currency): Wire {
  const at = instantText(currency.modifiedAt, shownTimeZone(org));
  const by = userView(org, org.users.current.id);
  return {
    id: currency.id,
    name: currency.name,
    iso_code: currency.iso,
    symbol: symbolOf(currency.iso),
    prefix_symbol: true,
    is_active: true,
    is_base: currency.isHome,
    exchange_rate: currency.rate.toFixed(9),
    format: { decimal_separator: 'Period', thousand_separator: 'Comma', decimal_places: '2' },
    ...{ created_time: at, modified_time: at, created_by: by, modified_by: by },
  };
}

function symbolOf(iso: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: iso });
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? iso;
}
