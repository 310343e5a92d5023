import { connectionStopped } from '../domain/connection-stop.ts';
import type { RunContext } from './context.ts';

/**
 * What a person's stop does not refuse: `its-plan`, carrying out the rollback that stopped it;
 * `taking-back`, planning a rollback, which reads and never writes.
 */
export type OnceStopped = 'its-plan' | 'taking-back';

/**
 * Before anything is begun and any call is made; while work is under way each batch asks by itself.
 * @throws AssayError `CONNECTION_STOPPED` (ask).
 */
export async function refuseIfStopped(
  { store, connection }: Pick<RunContext, 'store' | 'connection'>,
  allowed?: OnceStopped,
): Promise<void> {
  if (allowed === 'taking-back') return;
  const stop = await store.stops.of(connection);
  if (stop === null || (allowed === 'its-plan' && stop.plan !== null)) return;
  throw connectionStopped(stop, 'ask');
}
