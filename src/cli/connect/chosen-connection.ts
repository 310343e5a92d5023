import type { Config } from '../../config/config.ts';
import type { ConnectionId } from '../../domain/ids.ts';
import type { Flags } from '../flags.ts';
import { usageInvalid } from '../usage-invalid.ts';

/** By its name, by its CRM where only one is of that, or the only one. */
export function chosenConnection({ connections }: Config, { positionals }: Flags): ConnectionId {
  const [named] = positionals;
  if (named !== undefined && connections.some(({ id }) => id === named)) return named;
  const fitting = connections.filter(({ crm }) => named === undefined || crm === named);
  const [only, ...others] = fitting;
  // An unknown name is refused by whoever opens it, with those there are.
  if (only === undefined) return named ?? '';
  if (others.length === 0) return only.id;
  throw usageInvalid(
    `There are several connections: ${fitting.map(({ id }) => id).join(', ')}`,
    'Name the one to connect, for example `assay connect main`.',
  );
}
