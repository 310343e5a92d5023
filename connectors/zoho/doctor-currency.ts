import type { Finding } from '../../src/connector/account.ts';
import { coql } from './coql.ts';
import { type Rated, type Told, tellDirection } from './exchange-direction.ts';
import { ok, problem, warning } from './finding.ts';
import type { Org } from './org.ts';
import type { Session } from './session.ts';

/** Deals that are looked at. */
const sample = 20;
/** Rates of one currency that are further apart than this do not point the same way. */
const sameFactor = 3;

/** Which way the rates of records point, and whether they are as the settings say (BEHAVIOR 16). */
export async function doctorCurrency(
  session: Session,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const org = await session.org(signal);
  if (!org.hasCurrencies) return [ok('exchange rates', `all amounts are in ${org.currency}`)];
  const currencies = await session.metadata.rates(signal);
  const ofOrg = [...currencies.values()]
    .filter(({ isHome }) => !isHome)
    .map(({ iso, rate }) => ({ currency: iso, rate: Number(rate) }));
  const ofDeals = await ratesOfDeals(session, org, signal);
  const home = org.baseCurrency ?? org.currency;
  if (currencies.size > 0 && ofOrg.length === 0 && ofDeals.length === 0)
    return [ok('exchange rates', `the org has no currency beside ${home}`)];
  return [
    direction(session, tellDirection(home, [...ofDeals, ...ofOrg]), ofDeals.length),
    ...homeFindings(org, [...currencies.values()]),
    ...opposed(ofDeals, ofOrg),
  ];
}

async function ratesOfDeals(
  session: Session,
  org: Org,
  signal: AbortSignal,
): Promise<readonly Rated[]> {
  const fields = await session.metadata.fieldsOf('Deals', signal);
  const names = new Set(fields.map(({ api_name }) => api_name));
  if (!names.has('Currency') || !names.has('Exchange_Rate')) return [];
  const { rows } = await coql(
    session,
    {
      ...{ module: 'Deals', select: ['Currency', 'Exchange_Rate'], limit: sample },
      where: `(Currency != '${org.baseCurrency ?? org.currency}' and Exchange_Rate is not null)`,
      order: 'id desc',
    },
    signal,
  );
  return rows.flatMap(({ values }) => {
    const rate = Number(values['Exchange_Rate']);
    return rate > 0 ? [{ currency: String(values['Currency']), rate }] : [];
  });
}

function direction({ settings }: Session, told: Told, deals: number): Finding {
  const chosen = settings.exchangeRates;
  const meant = chosen === 'auto' ? 'per-home' : chosen;
  const words = {
    'per-home': 'units of it for one of home',
    'per-unit': 'home for one unit of it',
  };
  if (told.direction === null) {
    const message = `which way rates point cannot be told (${told.evidence}; ${deals} deals in another currency looked at); taken as ${words[meant]}`;
    if (chosen !== 'auto') return ok('exchange rates', message);
    return warning(
      'exchange rates',
      message,
      'Compare one foreign deal with what Zoho’s reports show at home, and set exchangeRates to per-home or per-unit.',
    );
  }
  const found = `rates are ${words[told.direction]}: ${told.evidence}`;
  if (told.direction === meant) return ok('exchange rates', found);
  return problem(
    'exchange rates',
    `${found}; the settings say ${chosen}, read as ${words[meant]}: every foreign amount is wrong`,
    `Set exchangeRates to ${told.direction} and pull everything again.`,
  );
}

type HomeRate = { readonly iso: string; readonly rate: string; readonly isHome: boolean };

function homeFindings(
  { baseCurrency, currency }: Org,
  all: readonly HomeRate[],
): readonly Finding[] {
  const base = all.find(({ isHome }) => isHome);
  if (base === undefined)
    return [
      warning(
        'exchange rates',
        'the org’s currencies cannot be read, or none is its home',
        'Give the token the scope ZohoCRM.settings.currencies.READ.',
      ),
    ];
  const isHome = base.iso === (baseCurrency ?? currency) && Number(base.rate) === 1;
  if (isHome) return [];
  return [
    problem(
      'exchange rates',
      `the org’s home is ${baseCurrency ?? currency}, but its currencies say ${base.iso} at ${base.rate}`,
      'Look at Setup, Company Details, Currencies; set `currency` in the settings if home is another.',
    ),
  ];
}

/** A deal's rate is of another day than the org's, but not the other way round. */
function opposed(deals: readonly Rated[], org: readonly Rated[]): readonly Finding[] {
  const today = new Map(org.map(({ currency, rate }) => [currency, rate]));
  const odd = deals.find(({ currency, rate }) => {
    const factor = rate / (today.get(currency) ?? rate);
    return factor > sameFactor || factor < 1 / sameFactor;
  });
  if (odd === undefined) return [];
  return [
    warning(
      'exchange rates',
      `a deal has ${odd.currency} at ${odd.rate}, the org has it at ${today.get(odd.currency)} today`,
      'Correct the deal’s exchange rate in Zoho, or the org’s.',
    ),
  ];
}
