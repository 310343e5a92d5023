import type { Config } from '../config/config.ts';
import type { ConnectionId } from '../domain/ids.ts';
import { nearest } from '../lib/nearest.ts';
import { usageInvalid } from './usage-invalid.ts';

/** A connection that the config names, for a command that asks nothing of its CRM. */
export function connectionIn({ connections }: Config, named: string | undefined): ConnectionId {
  const ids = connections.map(({ id }) => id);
  const found = ids.find((id) => id === named);
  if (found !== undefined) return found;
  const close = named === undefined ? null : nearest(named, ids);
  const meant = close === null ? '' : `Did you mean ${close}? `;
  throw usageInvalid(
    `There is no connection "${named ?? ''}"`,
    `${meant}config/assay.yaml names: ${ids.join(', ')}.`,
  );
}
