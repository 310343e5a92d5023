import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Config, ConnectionConfig } from './config.ts';

/** @throws AssayError `CONNECTION_UNKNOWN`. */
export function connectionNamed(config: Config, id: ConnectionId): ConnectionConfig {
  const found = config.connections.find((connection) => connection.id === id);
  if (found !== undefined) return found;
  const known = config.connections.map((connection) => connection.id).join(', ');
  throw new AssayError(
    'CONNECTION_UNKNOWN',
    'refuse-to-start',
    `There is no connection "${id}".`,
    `config/assay.yaml names: ${known}.`,
  );
}
