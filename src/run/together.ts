import type { Account } from '../connector/account.ts';
import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { JoinScope } from '../store/identity-store.ts';
import type { RunContext } from './context.ts';
import type { IdentityReport } from './report.ts';

/** Connections that are scored together now, after the store has found who is joined. */
export type Together = {
  /** In the order of trust: those of the population that were pulled to an end. */
  readonly connections: readonly ConnectionId[];
  readonly timeZones: ReadonlyMap<ConnectionId, string>;
  /** `null` for a connection that is in no group. */
  readonly report: IdentityReport | null;
};

/** A population as the store needs it. */
export function joinScope({ population }: Pick<RunContext, 'population'>): JoinScope {
  const { id, connections, by } = population;
  return { id, connections: connections.map((one) => one.id), by };
}

/**
 * Finds who is joined with customers of other connections, if anything changed.
 * @throws AssayError `IDENTITY_CURRENCIES` when the accounts do not count in one currency.
 */
export async function joinConnections(ctx: RunContext, account: Account): Promise<Together> {
  const { connection, store } = ctx;
  const scope = joinScope(ctx);
  const connections = await store.identities.resolve(connection, scope);
  const timeZones = await timeZonesOf(ctx, account, connections);
  if (scope.connections.length === 1) return { connections, timeZones, report: null };
  const { joined, conflicts, duplicates } = await store.identities.counts(scope);
  const report = {
    with: connections.filter((id) => id !== connection),
    waitingFor: scope.connections.filter((id) => !connections.includes(id)),
    joined,
    conflicts,
    duplicates,
    warnings: zoneWarnings(timeZones),
  };
  return { connections, timeZones, report };
}

/** As the last scoring found them, without looking again: nothing is stored. @throws as `joinConnections`. */
export async function knownTogether(ctx: RunContext, account: Account): Promise<Together> {
  const { connection, store } = ctx;
  const connections: ConnectionId[] = [];
  for (const id of joinScope(ctx).connections)
    if (id === connection || (await store.pulls.watermark(id)) !== null) connections.push(id);
  return {
    connections,
    timeZones: await timeZonesOf(ctx, account, connections),
    report: null,
  };
}

async function timeZonesOf(
  ctx: RunContext,
  account: Account,
  connections: readonly ConnectionId[],
): Promise<ReadonlyMap<ConnectionId, string>> {
  const { connection, population, store } = ctx;
  const timeZones = new Map([[connection, account.timeZone]]);
  if (population.connections.length === 1) return timeZones;
  const accounts = await store.identities.accounts(connections);
  for (const [id, { currency, timeZone }] of accounts) {
    if (id === connection) continue;
    if (currency !== account.currency) throw otherCurrency(ctx, account.currency, id, currency);
    timeZones.set(id, timeZone);
  }
  return timeZones;
}

function zoneWarnings(timeZones: ReadonlyMap<ConnectionId, string>): readonly string[] {
  if (new Set(timeZones.values()).size === 1) return [];
  const zones = [...timeZones].map(([id, zone]) => `${id} in ${zone}`).join(', ');
  return [
    `Accounts that are joined keep their days in several time zones (${zones}): an order near midnight may count on different days`,
  ];
}

function otherCurrency(
  { connection, population }: RunContext,
  currency: string,
  other: ConnectionId,
  otherCurrency: string,
): AssayError {
  const names = population.connections.map(({ id }) => id).join(', ');
  return new AssayError(
    'IDENTITY_CURRENCIES',
    'refuse-to-start',
    `Connections ${names} are joined, but ${connection} counts in ${currency} and ${other} in ${otherCurrency}.`,
    'Set `currency:` in the settings of one connection so that all of a group count in the same, or take it out of `identity` in config/assay.yaml.',
  );
}
