import type { PullPage } from '../../src/connector/pull.ts';
import type { DealStatus } from '../../src/domain/deal.ts';
import type { PullObject } from '../../src/domain/pull-task.ts';
import type { RateDirection } from './deal-amounts.ts';
import { extrasOf } from './deal-extras.ts';
import { type DealContext, needsRates, toDeal } from './deal-mapping.ts';
import type { FlatRecord } from './flat-record.ts';
import { toCustomer } from './mapping.ts';
import type { Session } from './session.ts';
import type { ZohoSettings } from './settings.ts';
import { checkVisible } from './shape.ts';

/**
 * What these rows are to the core. Asks of the org only what a row needs.
 * @throws AssayError `FIELD_HIDDEN` (pause the connection).
 */
export async function pageOf(
  session: Session,
  object: PullObject,
  rows: readonly FlatRecord[],
  signal: AbortSignal,
): Promise<Pick<PullPage, 'customers' | 'deals'>> {
  if (rows.length === 0) return { customers: [], deals: [] };
  checkVisible(session, object, rows);
  if (object === 'deals') return { customers: [], deals: await dealsOf(session, rows, signal) };
  const mapping = { inputs: session.inputs, own: await session.own(signal) };
  return { customers: rows.map((row) => toCustomer(row, mapping)), deals: [] };
}

async function dealsOf(session: Session, rows: readonly FlatRecord[], signal: AbortSignal) {
  const context = await dealContext(session, rows, signal);
  const extras = await extrasOf(session, rows, context.stages, signal);
  return rows.map((row) => {
    const more = extras.get(row.id) ?? { contacts: null, wonAt: undefined };
    return toDeal(row, session, context, more);
  });
}

async function dealContext(
  session: Session,
  rows: readonly FlatRecord[],
  signal: AbortSignal,
): Promise<DealContext> {
  const { currency, baseCurrency, timeZone } = await session.org(signal);
  const home = { currency, orgCurrency: baseCurrency ?? currency };
  const stages: ReadonlyMap<string, DealStatus> = await session.metadata.stages(signal);
  const wantsRates = rows.some((row) => needsRates(row, home));
  const direction = directionOf(session.settings);
  return {
    ...{ ...home, timeZone, stages, direction },
    rates: wantsRates ? await ratesOf(session, signal) : new Map(),
  };
}

async function ratesOf({ metadata }: Session, signal: AbortSignal) {
  const all = await metadata.rates(signal);
  return new Map([...all].map(([iso, { rate }]) => [iso, Number(rate)]));
}

/** Units of the currency for one of home, unless told otherwise (facts §9, BEHAVIOR 16). */
function directionOf({ exchangeRates }: ZohoSettings): RateDirection {
  return exchangeRates === 'per-unit' ? 'per-unit' : 'per-home';
}
