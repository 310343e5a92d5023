import type { Account } from '../../src/connector/account.ts';
import { CallError } from '../../src/connector/http/call-error.ts';
import { quoted } from '../../src/connector/http/quoted.ts';
import { once } from '../../src/connector/once.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import type { DealStatus } from '../../src/domain/deal.ts';
import { localDay } from '../../src/lib/local-day.ts';
import { type DealContext, needsRates, needsStages } from './deal-mapping.ts';
import { readStages, statusOfStage } from './pipelines.ts';
import type { Session } from './session.ts';
import type { WireRecord } from './wire.ts';
import { type AccountDetails, accountDetails, dailyUsage, exchangeRates } from './wire-account.ts';

/** What the portal says of itself, each asked once. */
export type Portal = {
  readonly account: (signal: AbortSignal) => Promise<Account>;
  /** What is needed to read these deals: pipelines and rates are asked only when a deal needs them. */
  readonly dealContext: (
    records: readonly WireRecord[],
    signal: AbortSignal,
  ) => Promise<DealContext>;
};

export function openPortal(session: Session): Portal {
  const details = once((signal) => readDetails(session, signal));
  const stages = once(async (signal) => {
    const all = await readStages(session, signal);
    return new Map(all.map((stage) => [stage.id, statusOfStage(stage)]));
  });
  const rates = once((signal) => readRates(session, signal));
  return {
    account: async (signal) => toAccount(session, await details(signal)),
    dealContext: async (records, signal) => {
      const { companyCurrency, timeZone } = await details(signal);
      const currency = currencyOf(session, companyCurrency);
      const home = { currency, isCompanyCurrency: currency === companyCurrency };
      const wantsStages = records.some(needsStages);
      const wantsRates = records.some((record) => needsRates(record, home));
      return {
        ...{ ...home, timeZone },
        stages: wantsStages ? await stages(signal) : new Map<string, DealStatus>(),
        rates:
          (wantsRates ? (await rates(signal)).get(currency) : undefined) ??
          new Map<string, number>(),
      };
    },
  };
}

async function readDetails(session: Session, signal: AbortSignal): Promise<AccountDetails> {
  const { client, paths, daily, serverClock, rates, settings } = session;
  const details = await client.send(
    { method: 'GET', path: paths.accountDetails, answer: accountDetails, effect: 'read' },
    signal,
  );
  checkZone(details.timeZone, serverClock.now());
  currencyOf(session, details.companyCurrency);
  const { limit } = rates.daily;
  const budget = limit === null ? null : Math.floor(limit * settings.dailyShare);
  await daily.open({ timeZone: details.timeZone, budget });
  return details;
}

function checkZone(timeZone: string, now: number): void {
  try {
    localDay(now, timeZone);
  } catch (cause) {
    throw new AssayError(
      'ACCOUNT_UNUSABLE',
      'pause-connection',
      `The portal's time zone is not known here: ${quoted(timeZone, 100)}`,
      'Choose another time zone in HubSpot (Settings, Account defaults), or update Node.',
      { cause },
    );
  }
}

function currencyOf({ settings }: Session, company: string | null | undefined): string {
  const currency = settings.currency ?? company?.toUpperCase() ?? '';
  if (/^[A-Z]{3}$/.test(currency)) return currency;
  throw new AssayError(
    'ACCOUNT_UNUSABLE',
    'pause-connection',
    'The portal does not name its company currency',
    'Set it in HubSpot (Settings, Account defaults, Currency), or as `currency` in the connection’s settings.',
  );
}

function toAccount(session: Session, { portalId, companyCurrency, timeZone }: AccountDetails) {
  const { daily, rates } = session;
  return {
    id: portalId,
    currency: currencyOf(session, companyCurrency),
    timeZone,
    plan: rates.planName(),
    quota: { unit: 'calls', ...rates.daily, ours: { budget: daily.budget, used: daily.used } },
  } satisfies Account;
}

/** Rates by target currency, then by source; nothing when the token may not read them. */
async function readRates(
  { client, paths, log }: Session,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  try {
    const { results } = await client.send(
      { method: 'GET', path: paths.exchangeRates, answer: exchangeRates, effect: 'read' },
      signal,
    );
    const byTarget = Map.groupBy(results, ({ toCurrencyCode }) => toCurrencyCode);
    return new Map(
      [...byTarget].map(([target, rates]) => [
        target,
        new Map(
          rates.map(({ fromCurrencyCode, conversionRate }) => [fromCurrencyCode, conversionRate]),
        ),
      ]),
    );
  } catch (error) {
    if (!(error instanceof CallError) || !unanswerable.has(error.code)) throw error;
    log.warn({ code: error.code }, 'rates.unknown');
    return new Map();
  }
}

const unanswerable: ReadonlySet<string> = new Set(['SCOPE_MISSING', 'NOT_FOUND', 'ACCESS_DENIED']);

/** Calls of the day by all private apps, where the headers did not tell; `null` when refused. */
export async function readDailyUsage(
  { client, paths }: Session,
  signal: AbortSignal,
): Promise<{ readonly limit: number | null; readonly used: number | null } | null> {
  try {
    const { usageLimit, currentUsage } = await client.send(
      { method: 'GET', path: paths.dailyUsage, answer: dailyUsage, effect: 'read' },
      signal,
    );
    return { limit: usageLimit ?? null, used: currentUsage ?? null };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return null;
  }
}
