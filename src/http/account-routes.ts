import type { ConnectionId } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';

/** How long what was read counts, and how long before it is read again for an account that is not in it. */
const maxAgeMs = 30_000;
const minAgeMs = 1_000;

/** Connections of an account, by its CRM. */
export type AccountRoutes = (
  crm: string,
  accounts: ReadonlySet<string>,
) => Promise<(account: string) => readonly ConnectionId[]>;

/** Which connections are of which account, read from the store now and then. */
export function accountRoutes(
  { bindings }: Pick<Store['connections'], 'bindings'>,
  now: () => number,
): AccountRoutes {
  let known: ReadonlyMap<string, readonly ConnectionId[]> = new Map();
  let readAt: number | null = null;
  const read = async () => {
    readAt = now();
    const rows = await bindings();
    const groups = Map.groupBy(rows, ({ crm, accountId }) => `${crm} ${accountId}`);
    known = new Map(
      [...groups].map(([key, group]) => [key, group.map(({ connection }) => connection)]),
    );
  };
  return async (crm, accounts) => {
    const age = readAt === null ? Number.POSITIVE_INFINITY : Math.abs(now() - readAt);
    const isMissing = [...accounts].some((account) => !known.has(`${crm} ${account}`));
    if (age > maxAgeMs || (isMissing && age > minAgeMs)) await read();
    return (account) => known.get(`${crm} ${account}`) ?? [];
  };
}
